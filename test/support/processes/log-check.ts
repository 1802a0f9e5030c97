/** One JSON line of the log. */
export interface LogLine {
  readonly level: string;
  readonly msg?: string;
  readonly [field: string]: unknown;
}

/** The JSON lines among all that a process printed; the welcome text is not one. */
export function logLines(output: string): LogLine[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as LogLine);
}

/**
 * What a healthy process does not say: lines of level error or fatal, anything on stderr, unhandled rejections.
 * @param expected what the test provoked
 * @returns the offending lines
 */
export function complaints(stdout: string, stderr: string, expected: readonly RegExp[]): string[] {
  const errors = logLines(stdout)
    .filter(({ level }) => level === 'error' || level === 'fatal')
    .map((line) => JSON.stringify(line));
  const spoken = stderr.split('\n').filter((line) => line.trim() !== '');
  const unhandled = stdout.split('\n').filter((line) => /unhandled ?rejection|uncaught ?exception/i.test(line));
  return [...errors, ...spoken, ...unhandled].filter((line) => !expected.some((pattern) => pattern.test(line)));
}
