/** What one call may use. Reaching one ends the call with `code.limit_…`. */
export interface CodeLimits {
  /** Time in which the code works. */
  readonly cpuMs: number;
  /** Time on its thread, after which the thread is ended with it: for what cannot be interrupted from inside. */
  readonly wallMs: number;
  /** Everything that the code keeps, in bytes. */
  readonly memoryBytes: number;
  /** Its value as JSON, in bytes. */
  readonly outputBytes: number;
  /** What it says through `console`, in bytes; more is left out, which is no error. */
  readonly logBytes: number;
}

export interface CodeRequest {
  /** The body of a function that sees `input`; or `function main(input)`; or a module with a default export or `main`. */
  readonly source: string;
  /** Plain JSON; absent is null. */
  readonly input?: unknown;
  /** What is left out is as in {@link DEFAULT_CODE_LIMITS}. */
  readonly limits?: Partial<CodeLimits>;
  /** Ends the code at once; the call then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface CodeLog {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
}

export interface CodeResult {
  /** Plain JSON; what has no place in JSON is null, as `JSON.stringify` has it. */
  readonly value: unknown;
  /** In the order in which they were said. */
  readonly logs: readonly CodeLog[];
}

const MEBIBYTE = 1024 * 1024;

export const DEFAULT_CODE_LIMITS: CodeLimits = {
  cpuMs: 5_000,
  wallMs: 6_000,
  memoryBytes: 64 * MEBIBYTE,
  outputBytes: 4 * MEBIBYTE,
  logBytes: 64 * 1024,
};
