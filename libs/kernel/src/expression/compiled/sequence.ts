/**
 * JSONata's kind of list: what a path or filter finds. Unlike an array that is data, a sequence of one value is that
 * value and an empty one is nothing. JSONata marks its sequences by properties on plain arrays; here it is the class.
 */
export class Sequence extends Array<unknown> {
  /** `[]` was written behind the expression: a single value stays in its list. */
  keepSingleton = false;
}

/** A new sequence of what is in a list. */
export function sequenceOf(items: readonly unknown[]): Sequence {
  const sequence = new Sequence();
  for (const item of items) sequence.push(item);
  return sequence;
}

/** What every part of an expression does with its value at the end. */
export function finish(value: unknown, keepArray: boolean): unknown {
  if (!(value instanceof Sequence)) return value;
  if (keepArray) value.keepSingleton = true;
  if (value.length === 0) return undefined;
  return value.length === 1 && !value.keepSingleton ? value[0] : value;
}

/** An array to go through: the value itself when it is one, otherwise the value alone. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}
