import type { CallWarning } from './call-warning.js';
import type { FinishReason } from './finish-reason.js';
import type { ToolCall } from './tool.js';
import type { Usage } from './usage.js';

/** The provider has answered and is about to generate. Always the first part. */
export interface StreamStartPart {
  readonly type: 'stream-start';
}

/** The model works on what is not shown as it grows: its thinking, the arguments of a tool call. At most one a second. */
export interface ProgressPart {
  readonly type: 'progress';
}

/** A piece of the answer. Pieces that arrived together may be delivered as one. */
export interface TextDeltaPart {
  readonly type: 'text-delta';
  readonly text: string;
}

/** One complete tool call. */
export interface ToolCallStreamPart {
  readonly type: 'tool-call';
  readonly toolCall: ToolCall;
}

/** The end of a whole answer, always the last part. A stream without it was interrupted and throws. */
export interface FinishPart {
  readonly type: 'finish';
  readonly finishReason: FinishReason;
  readonly usage: Usage;
  /** `provider/model` that really answered, as the provider names it. */
  readonly model: string;
  readonly warnings: readonly CallWarning[];
  /** Whether the simulated model answered, where it need not be the one that was asked: after a fallback. */
  readonly simulated?: boolean;
  /** The parsed answer when JSON was asked for through the router. */
  readonly json?: unknown;
  /** The provider's own last words: ids, fingerprints. */
  readonly raw?: unknown;
}

/** What a streaming call yields, in this order: start; progress, deltas and calls; finish. */
export type StreamPart = StreamStartPart | ProgressPart | TextDeltaPart | ToolCallStreamPart | FinishPart;
