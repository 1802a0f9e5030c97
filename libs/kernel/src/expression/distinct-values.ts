/**
 * JSONata's `$distinct`, which compares every pair deeply, in one pass: the first of each set of equal values, where
 * objects are equal whatever the order of their keys.
 */
export function distinctValues(values: unknown): unknown {
  if (!Array.isArray(values) || values.length <= 1) return values;
  const seen = new Set<unknown>();
  const result = values.filter((value: unknown) => {
    const identity = typeof value === 'object' && value !== null ? `{${canonicalText(value)}` : value;
    const key = typeof identity === 'string' && identity === value ? `"${identity}` : identity;
    return seen.size !== seen.add(key).size;
  });
  return Object.assign(result, 'sequence' in values ? { sequence: true } : {});
}

function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
}
