import type { CallDeadlines } from './call-deadlines.js';
import type { Message } from './message.js';
import type { ResponseFormat } from './response-format.js';
import type { ToolChoice, ToolDefinition } from './tool.js';

/** Everything a model may be told about one call. */
export interface CallOptions {
  /** The conversation so far, oldest first; at least one. */
  readonly messages: readonly Message[];
  /** Tools the model may call. */
  readonly tools?: readonly ToolDefinition[];
  /** Defaults to `auto` when there are tools. */
  readonly toolChoice?: ToolChoice;
  /** Defaults to text. */
  readonly responseFormat?: ResponseFormat;
  /** 0 (steady) to 2 (wild); absent = the provider's default. */
  readonly temperature?: number;
  /** Above 0, up to 1: how much of the probability mass to sample from. */
  readonly topP?: number;
  /** Upper bound of the answer in tokens, at least 1. */
  readonly maxTokens?: number;
  /** Sequences at which the answer ends; they are not part of it. At most 4. */
  readonly stop?: readonly string[];
  /** Aborting it ends the call at once; the call then rejects with `signal.reason`. */
  readonly signal?: AbortSignal;
  /** Overrides of the router's deadlines for this call. */
  readonly deadlines?: Partial<CallDeadlines>;
}
