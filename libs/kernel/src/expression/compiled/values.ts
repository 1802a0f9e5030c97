import { isJsonataFunction } from '../jsonata-values.js';
import type { Frame } from './frame.js';
import { handOver } from './not-compiled.js';
import { Sequence } from './sequence.js';
import { EXPRESSION_LIMITS } from '../expression-limits.js';

/** JSONata's test for numbers: NaN is none, and infinity is an error. */
export function isNumber(value: unknown): value is number {
  if (typeof value !== 'number' || Number.isNaN(value)) return false;
  return Number.isFinite(value) || handOver();
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return isJsonataFunction(value) ? handOver() : true;
}

/** JSONata's `$boolean`; nothing stays nothing. */
export function booleanOf(value: unknown): boolean | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) {
    return value.length === 1 ? booleanOf(value[0]) : value.some((item) => booleanOf(item) === true);
  }
  if (typeof value === 'number') return isNumber(value) && value !== 0;
  return isObject(value) ? Object.keys(value).length > 0 : value !== null && value !== false && value !== '';
}

/** A field of an object, or that field of every object in a list. */
export function lookUp(value: unknown, name: string, frame: Frame): unknown {
  if (!Array.isArray(value)) return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  frame.spend(value.length);
  const found = new Sequence();
  for (const item of value as readonly unknown[]) {
    const field = lookUp(item, name, frame);
    if (Array.isArray(field)) pushAll(found, field);
    else if (field !== undefined) push(found, field);
  }
  return found;
}

/** JSONata's `$append`: never changes its arguments, and what it joins is an array, no sequence. */
export function append(first: unknown, second: unknown): unknown {
  if (first === undefined) return second;
  if (second === undefined) return first;
  const joined = Array.isArray(first) ? Array.from(first as unknown[]) : [first];
  if (Array.isArray(second)) pushAll(joined, second);
  else push(joined, second);
  return joined;
}

export function push(list: unknown[], item: unknown): void {
  if (list.push(item) > EXPRESSION_LIMITS.sequence) handOver();
}

export function pushAll(list: unknown[], items: readonly unknown[]): void {
  if (list.length + items.length > EXPRESSION_LIMITS.sequence) handOver();
  for (const item of items) list.push(item);
}

/** JSONata's equality: deep, and blind to the order of keys. */
export function areEqual(left: unknown, right: unknown, frame: Frame): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  frame.spend(1);
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => areEqual(item, right[index], frame));
  }
  // Own names of an array include its length, of which JSONata makes a comparison of its own.
  if (Array.isArray(left) || Array.isArray(right)) return handOver();
  const [first, second] = [left as Record<string, unknown>, right as Record<string, unknown>];
  const keys = Object.keys(first);
  if (keys.length !== Object.keys(second).length) return false;
  return keys.every((key) => Object.hasOwn(second, key) && areEqual(first[key], second[key], frame));
}

/** JSONata's `$string`. */
export function textOf(value: unknown, frame: Frame): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(rounded(Number.isFinite(value) ? value : handOver()));
  if (typeof value !== 'object' || value === null) return String(value);
  spendOn(value, frame);
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'number' && isNumber(part) ? rounded(part) : part,
  );
}

/** Fifteen digits, which hides what binary fractions cannot express. */
function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

/** Parts of a value may be shared, so that written out it is far larger than in memory. */
function spendOn(value: unknown, frame: Frame): void {
  frame.spend(1);
  if (typeof value === 'string') frame.spend(value.length / 100);
  if (typeof value !== 'object' || value === null) return;
  if (isJsonataFunction(value)) handOver();
  for (const part of Array.isArray(value) ? (value as unknown[]) : Object.values(value)) spendOn(part, frame);
}
