/** How long to wait for what, in milliseconds. Reaching one aborts the socket and raises a `DeadlineExceededError`. */
export interface CallDeadlines {
  /** Until a stream's response headers have arrived. Does not apply to `generate`, which is one silent wait. */
  readonly connectMs: number;
  /** From the start until the first text, tool call or sign of work of a stream. */
  readonly firstTokenMs: number;
  /** Between two parts of a stream. */
  readonly idleMs: number;
  /** From the start to the end of the call, streamed or not. */
  readonly totalMs: number;
}
