import type { CallOptions } from '../model/call-options.js';
import type { Usage } from '../model/usage.js';
import type { ModelDescription } from './model-catalogue.js';

/** One try to get an answer from one model. */
export interface Attempt {
  /** From 1, over all models of the call. */
  readonly number: number;
  /** Whether it goes to another model than the one that was asked for. */
  readonly fallback: boolean;
  readonly model: ModelDescription;
  /** An organisation's own credential; null for the installation's. */
  readonly credentialId: string | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

export interface EndedAttempt extends Attempt {
  readonly latencyMs: number;
  /** Until its first text or tool call; null when there was none. */
  readonly firstTokenMs: number | null;
  /**
   * What it consumed. Of an attempt that was lost after the provider had begun, our own estimate, flagged as such; of
   * one that the provider refused, nothing.
   */
  readonly usage: Usage;
  /** In our words; null when it did not finish. */
  readonly finishReason: string | null;
  /** `provider/model` as the provider names it; null when it did not finish. */
  readonly answeredBy: string | null;
  /** Dotted; null when it answered, `provider.cancelled` when the caller left or aborted. */
  readonly errorCode: string | null;
}

export interface Pause {
  readonly model: string;
  /** The attempt that failed. */
  readonly attempt: number;
  readonly waitMs: number;
  readonly errorCode: string;
}

export interface SkippedModel {
  readonly model: string;
  /** Epoch milliseconds at which its breaker lets a call through again. */
  readonly retryAt: number | null;
}

/** What the router tells of a call while it is made. */
export interface CallHooks {
  /** Before anything is sent. What it throws ends the call as it is. */
  begin?(attempt: Attempt, options: CallOptions): Promise<void> | void;
  /** Exactly once for every attempt that began, before the next one begins and before the call ends. */
  end?(attempt: EndedAttempt): void;
  /** The call waits before it tries the same model again. */
  pause?(pause: Pause): void;
  /** The model's circuit breaker is open; nothing was sent. */
  skip?(skipped: SkippedModel): void;
}
