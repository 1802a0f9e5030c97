/**
 * The path without the counts that further tries of the steps above have added to it. Keys and effects go by it: to the
 * outside it is the same act, however often the steps around it are tried.
 */
export function lastingPath(path: string): string {
  return path.includes('~') ? path.replaceAll(/~\d+(?=\/|$)/g, '') : path;
}
