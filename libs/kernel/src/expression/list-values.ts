import { EXPRESSION_LIMITS } from './expression-limits.js';

/**
 * What three functions of JSONata give, in less than the quadratic time that JSONata takes for it. All three leave
 * their argument as it is.
 */

/** `$distinct`: the first of each set of equal values, where objects are equal whatever the order of their keys. */
export function distinctValues(values: unknown): unknown {
  if (!Array.isArray(values) || values.length <= 1) return values;
  const seen = new Set<unknown>();
  const result = values.filter((value: unknown) => {
    const isComposite = typeof value === 'object' && value !== null;
    const key = isComposite ? `{${canonicalText(value)}` : typeof value === 'string' ? `"${value}` : value;
    return seen.size !== seen.add(key).size;
  });
  return Object.assign(result, 'sequence' in values ? { sequence: true } : {});
}

/** `$sort` without a function, for what can be sorted so: all numbers or all texts. Undefined for anything else. */
export function sortedValues(values: readonly unknown[]): readonly unknown[] | undefined {
  const type = typeof values[0];
  const isSortable = type === 'number' || type === 'string';
  if (!isSortable || !values.every((value) => typeof value === type && !Number.isNaN(value))) return undefined;
  const list = values as readonly (number | string)[];
  return list.length <= 1 ? list : Array.from(list).sort((left, right) => (left > right ? 1 : left < right ? -1 : 0));
}

/** `$spread` of a list: an object of one key for each key of each object. Undefined when that is too many. */
export function spreadValues(values: readonly unknown[]): unknown[] | undefined {
  const result: unknown[] = [];
  for (const value of values) {
    const parts = Array.isArray(value) ? spreadValues(value) : isRecord(value) ? spread(value) : [value];
    if (parts === undefined || result.length + parts.length > EXPRESSION_LIMITS.sequence) return undefined;
    result.push(...parts);
  }
  return result;
}

function spread(record: Readonly<Record<string, unknown>>): unknown[] {
  return Object.keys(record).map((key) => Object.assign(Object.create(null) as object, { [key]: record[key] }));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
}
