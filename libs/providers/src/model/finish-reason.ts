/**
 * Why the model stopped: `stop` of its own accord or at a stop sequence, `length` at maxTokens or the context's
 * end, `tool-calls` to have tools run, `content-filter` because the provider cut it off, `other` for the rest.
 */
export type UnifiedFinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other';

export interface FinishReason {
  /** In our words. */
  readonly unified: UnifiedFinishReason;
  /** In the provider's words. */
  readonly raw: string;
}
