/** Something found in a text, and where. */
export interface Found<T> {
  readonly value: T;
  /** As it is written there. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Floods stop being evidence at some point. */
export const MOST_FOUND = 500;

/** All matches of a global expression whose value can be read. */
export function findAll<T>(
  text: string,
  expression: RegExp,
  read: (match: RegExpExecArray) => T | undefined,
): Found<T>[] {
  const found: Found<T>[] = [];
  for (const match of text.matchAll(expression)) {
    const value = read(match);
    if (value === undefined) continue;
    found.push({ value, text: match[0].trim(), start: match.index, end: match.index + match[0].length });
    if (found.length === MOST_FOUND) break;
  }
  return found;
}

/** Without those that lie inside an earlier one; in order of appearance. */
export function withoutOverlaps<T>(found: readonly Found<T>[]): Found<T>[] {
  const kept: Found<T>[] = [];
  for (const item of [...found].sort((one, other) => one.start - other.start || other.end - one.end)) {
    if ((kept.at(-1)?.end ?? -1) <= item.start) kept.push(item);
  }
  return kept;
}
