import type { CallOptions } from './call-options.js';
import type { CallWarning } from './call-warning.js';
import type { FinishReason } from './finish-reason.js';
import type { StreamPart } from './stream-part.js';
import type { ToolCall } from './tool.js';
import type { Usage } from './usage.js';

/** A whole answer. */
export interface GenerateResult {
  /** The words; empty when the model only called tools. */
  readonly text: string;
  /** Complete calls, in the order in which the model made them. */
  readonly toolCalls: readonly ToolCall[];
  /** The parsed answer when JSON was asked for through the router. */
  readonly json?: unknown;
  readonly finishReason: FinishReason;
  readonly usage: Usage;
  /** `provider/model` that really answered, as the provider names it. */
  readonly model: string;
  /** True for the built-in simulated model: every screen that shows the answer says so. */
  readonly simulated: boolean;
  /** What the provider could not do as asked. */
  readonly warnings: readonly CallWarning[];
  /** The provider's own reply, unchanged. */
  readonly raw?: unknown;
}

/**
 * A model that talks. Implementations make exactly one attempt: retry, fallback and deadlines belong to the router.
 * Failures are `ProviderError`s; an abort rejects with the signal's own reason.
 */
export interface LanguageModel {
  /** For example `openai`. */
  readonly provider: string;
  /** The provider's name for the model, for example `gpt-4.1-mini`. */
  readonly modelId: string;
  /** True when no neural model is involved. */
  readonly simulated: boolean;
  /** Loads what the first call needs, once. The router's deadlines are about the provider and begin afterwards. */
  prepare?(): Promise<unknown>;
  /** Resolves with the whole answer. */
  generate(options: CallOptions): Promise<GenerateResult>;
  /** Yields the answer as it comes; nothing is sent before iteration begins. Leaving early closes the connection. */
  stream(options: CallOptions): AsyncIterable<StreamPart>;
}
