/** JSONata gives a list of one as its item and an empty one as nothing: both are lists to whoever asks for a list. */
export function asList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}
