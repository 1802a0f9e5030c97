import type { GuardVerdict } from '../guards/guard-verdict.js';

/** What the model was asked with; absent = the provider's own default. */
export interface ModelParameters {
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens?: number;
}

/** One attempt at a provider, failed ones too; a row of `generation` once the run's journal has it. */
export interface ModelCallRecord {
  /** UUIDv7. */
  readonly id: string;
  readonly stepPath: string;
  /** Which logical call of the step, from 0. */
  readonly call: number;
  /** From 1, over all models of the call. */
  readonly attempt: number;
  /** Whether it went to another model than the one that was asked for. */
  readonly fallback: boolean;
  readonly provider: string;
  /** `provider/model` as it was asked. */
  readonly model: string;
  /** `provider/model` as the provider names it; null when it did not answer. */
  readonly answeredBy: string | null;
  /** The organisation's own credential; null for the installation's key. */
  readonly credentialId: string | null;
  readonly promptId: string | null;
  readonly promptVersion: string | null;
  readonly parameters: ModelParameters;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Part of `inputTokens`. */
  readonly cachedInputTokens: number;
  /** Part of `outputTokens`. */
  readonly reasoningTokens: number;
  /** Null = price unknown, which is not zero. */
  readonly costMicroUsd: number | null;
  /** `estimated`: the provider reported nothing. `corrected`: what it reported could not be true. */
  readonly usageFlag: null | 'estimated' | 'corrected';
  readonly latencyMs: number;
  /** From the start of the attempt to its first text or tool call; null when there was none. */
  readonly firstTokenMs: number | null;
  readonly finishReason: string | null;
  /** Dotted, for example `provider.rate_limited`; null when the attempt answered. */
  readonly errorCode: string | null;
  /** What the guards saw in what was sent; null when they saw nothing. */
  readonly guard: GuardVerdict | null;
  readonly simulated: boolean;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** The reservation to settle together with the record: at `amountMicroUsd`, which may be 0. */
  readonly settlement: { readonly reservationId: string; readonly amountMicroUsd: number } | null;
}
