import type { CodeLog } from './code-request.js';

/**
 * `code.syntax`: it does not parse · `code.threw`: it threw, or its value cannot be kept · `code.limit_…`: it used more
 * than it may.
 */
export type SandboxErrorCode =
  'code.syntax' | 'code.threw' | 'code.limit_time' | 'code.limit_memory' | 'code.limit_output';

/** Why code of strangers has no value. The message is partly theirs: show it as text. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';

  constructor(
    readonly code: SandboxErrorCode,
    message: string,
    /** Line of the source, from 1, where known. */
    readonly line?: number,
    /** What it had said until then. */
    readonly logs: readonly CodeLog[] = [],
  ) {
    super(message);
  }
}
