import { EXPRESSION_JSON_LIMITS } from '../expression-limits.js';
import type { Frame } from './frame.js';
import { handOver } from './not-compiled.js';
import { Sequence } from './sequence.js';
import { append, booleanOf, isNumber, isObject, lookUp, push, pushAll, textOf } from './values.js';

/** A function of JSONata for arguments of the right types; for all others it hands over, and JSONata finds the words. */
export interface CompiledFunction {
  readonly arity: readonly [min: number, max: number];
  readonly call: (args: readonly unknown[], frame: Frame) => unknown;
}

/** Those functions that only look at their arguments. Left out: context arguments, regular expressions, time, chance. */
export const FUNCTIONS: ReadonlyMap<string, CompiledFunction> = new Map<string, CompiledFunction>([
  ['sum', ofNumbers((numbers) => numbers.reduce((total, number) => total + number, 0))],
  [
    'max',
    ofNumbers((numbers) =>
      numbers.reduce<number | undefined>((best, number) => Math.max(best ?? number, number), undefined),
    ),
  ],
  [
    'min',
    ofNumbers((numbers) =>
      numbers.reduce<number | undefined>((best, number) => Math.min(best ?? number, number), undefined),
    ),
  ],
  [
    'average',
    ofNumbers((numbers) =>
      numbers.length === 0 ? undefined : numbers.reduce((total, number) => total + number, 0) / numbers.length,
    ),
  ],
  ['count', of(1, ([value]) => (value === undefined ? 0 : Array.isArray(value) ? value.length : 1))],
  ['exists', of(1, ([value]) => value !== undefined)],
  ['boolean', of(1, ([value]) => booleanOf(value))],
  ['not', of(1, ([value]) => (value === undefined ? undefined : booleanOf(value) !== true))],
  ['string', of(1, ([value], frame) => (value === undefined ? undefined : textOf(value, frame)))],
  ['type', of(1, ([value]) => typeOf(value))],
  ['number', of(1, ([value]) => toNumber(value))],
  ['length', ofText((text) => [...text].length)],
  ['uppercase', ofText((text) => text.toUpperCase())],
  ['lowercase', ofText((text) => text.toLowerCase())],
  [
    'trim',
    ofText((text) =>
      text
        .replaceAll(/[ \t\n\r]+/g, ' ')
        .replace(/^ /, '')
        .replace(/ $/, ''),
    ),
  ],
  ['substring', { arity: [2, 3], call: ([text, start, length], frame) => substring(text, start, length, frame) }],
  ['substringBefore', ofTwoTexts((text, mark) => (text.includes(mark) ? text.slice(0, text.indexOf(mark)) : text))],
  [
    'substringAfter',
    ofTwoTexts((text, mark) => (text.includes(mark) ? text.slice(text.indexOf(mark) + mark.length) : text)),
  ],
  ['contains', ofTwoTexts((text, part) => text.includes(part))],
  ['split', ofTwoTexts((text, separator) => split(text, separator))],
  ['join', { arity: [1, 2], call: ([texts, separator], frame) => join(texts, separator, frame) }],
  ['floor', ofNumber(Math.floor)],
  ['ceil', ofNumber(Math.ceil)],
  ['abs', ofNumber(Math.abs)],
  ['sqrt', ofNumber((number) => (number < 0 ? handOver() : Math.sqrt(number)))],
  ['round', { arity: [1, 2], call: ([number, precision]) => round(number, precision) }],
  ['power', of(2, ([base, exponent]) => power(base, exponent))],
  ['keys', of(1, ([value], frame) => keysOf(value, frame))],
  ['lookup', of(2, ([value, key], frame) => (typeof key === 'string' ? lookUp(value, key, frame) : handOver()))],
  ['append', of(2, ([first, second], frame) => (frame.spend(sizeOf(first) + sizeOf(second)), append(first, second)))],
  ['merge', of(1, ([objects], frame) => merge(objects, frame))],
  ['reverse', of(1, ([list]) => reverse(list))],
]);

function of(count: number, call: CompiledFunction['call']): CompiledFunction {
  return { arity: [count, count], call };
}

function ofNumber(use: (number: number) => number): CompiledFunction {
  return of(1, ([value]) => (value === undefined ? undefined : typeof value === 'number' ? use(value) : handOver()));
}

function ofNumbers(use: (numbers: readonly number[]) => number | undefined): CompiledFunction {
  return of(1, ([value], frame) => {
    if (value === undefined) return undefined;
    const numbers: readonly unknown[] = Array.isArray(value) ? (value as unknown[]) : [value];
    frame.spend(numbers.length);
    return numbers.every((number) => typeof number === 'number') ? use(numbers) : handOver();
  });
}

function ofText(use: (text: string) => unknown): CompiledFunction {
  return of(1, ([text], frame) => {
    if (text === undefined) return undefined;
    if (typeof text !== 'string') return handOver();
    frame.spendOnText(text);
    return use(text);
  });
}

function ofTwoTexts(use: (text: string, other: string) => unknown): CompiledFunction {
  return of(2, ([text, other], frame) => {
    if (typeof other !== 'string') return handOver();
    if (text === undefined) return undefined;
    if (typeof text !== 'string') return handOver();
    frame.spendOnText(text);
    return use(text, other);
  });
}

function typeOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return isNumber(value) ? 'number' : handOver();
  return isObject(value) ? 'object' : typeof value;
}

function toNumber(value: unknown): number | undefined {
  if (value === undefined || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const isDecimal = typeof value === 'string' && /^-?[0-9]+(\.[0-9]+)?([Ee][-+]?[0-9]+)?$/.test(value);
  return isDecimal && Number.isFinite(Number(value)) ? Number.parseFloat(value) : handOver();
}

function substring(text: unknown, start: unknown, length: unknown, frame: Frame): string | undefined {
  if (text === undefined && typeof start === 'number') return undefined;
  if (typeof text !== 'string' || typeof start !== 'number') return handOver();
  if (length !== undefined && typeof length !== 'number') return handOver();
  frame.spendOnText(text);
  const characters = [...text];
  const from = characters.length + start < 0 ? 0 : start;
  if (length === undefined) return characters.slice(from).join('');
  if (length <= 0) return '';
  const to = from >= 0 ? from + length : characters.length + from + length;
  return characters.slice(from, to).join('');
}

function split(text: string, separator: string): unknown[] {
  const parts: unknown[] = [];
  pushAll(parts, text.split(separator));
  return parts;
}

function join(texts: unknown, separator: unknown, frame: Frame): string | undefined {
  if (texts === undefined) return separator === undefined || typeof separator === 'string' ? undefined : handOver();
  const list: readonly unknown[] = Array.isArray(texts) ? (texts as unknown[]) : [texts];
  const between = separator === undefined ? '' : separator;
  if (typeof between !== 'string' || !list.every((text) => typeof text === 'string')) return handOver();
  const text = list.join(between.length * list.length > EXPRESSION_JSON_LIMITS.maxBytes ? handOver() : between);
  frame.spend(list.length);
  frame.spendOnText(text);
  return text;
}

/** Half to even, by way of text, so that 1.005 to two places is what it looks like. */
function round(value: unknown, precision: unknown): number | undefined {
  if (precision !== undefined && typeof precision !== 'number') return handOver();
  if (value === undefined) return undefined;
  if (typeof value !== 'number') return handOver();
  const shifted = precision ? shift(value, precision) : value;
  const nearest = Math.round(shifted);
  const isTie = Math.abs(nearest - shifted) === 0.5 && Math.abs(nearest % 2) === 1;
  const even = isTie ? nearest - 1 : nearest;
  return (precision ? shift(even, -precision) : even) + 0;
}

function shift(value: number, places: number): number {
  const [digits, exponent] = String(value).split('e');
  return Number(`${digits}e${exponent === undefined ? places : Number(exponent) + places}`);
}

function power(base: unknown, exponent: unknown): number | undefined {
  if (base === undefined && typeof exponent === 'number') return undefined;
  if (typeof base !== 'number' || typeof exponent !== 'number') return handOver();
  const result = base ** exponent;
  return Number.isFinite(result) ? result : handOver();
}

function keysOf(value: unknown, frame: Frame): Sequence {
  const keys = new Set<string>();
  collectKeys(value, keys, frame);
  const sequence = new Sequence();
  for (const key of keys) push(sequence, key);
  return sequence;
}

function collectKeys(value: unknown, keys: Set<string>, frame: Frame): void {
  frame.spend(1);
  if (Array.isArray(value)) {
    // JSONata gathers the keys of a list in an object, which puts those that look like numbers first.
    for (const item of value) collectKeys(item, keys, frame);
    if ([...keys].some((key) => /^\d+$/.test(key))) handOver();
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) keys.add(key);
  }
}

function merge(objects: unknown, frame: Frame): unknown {
  if (objects === undefined) return undefined;
  const list: readonly unknown[] = Array.isArray(objects) ? (objects as unknown[]) : [objects];
  const merged: Record<string, unknown> = {};
  for (const object of list) {
    if (!isObject(object)) return handOver();
    for (const key of Object.keys(object)) {
      frame.spend(1);
      if (key === '__proto__') return handOver();
      merged[key] = object[key];
    }
  }
  return merged;
}

function reverse(list: unknown): unknown {
  if (list === undefined) return undefined;
  if (!Array.isArray(list)) return [list];
  return list.length <= 1 ? list : Array.from(list as unknown[]).reverse();
}

function sizeOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 1;
}
