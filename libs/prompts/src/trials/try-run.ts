import type { PromptParameters } from '../content/prompt-content.js';

/** One question to one model, its words already filled in. */
export interface TryRunRequest {
  /** Empty when the model is told nothing about itself. */
  readonly system: string;
  readonly prompt: string;
  /** `provider/model` */
  readonly model: string;
  readonly parameters: PromptParameters;
  /** The version that the words were made from; null for a draft. */
  readonly promptRef: { readonly id: string; readonly version: number } | null;
  /** The same key starts the same run, once. */
  readonly idempotency?: { readonly key: string; readonly requestHash: string };
}

/** A run that was accepted, now or earlier under the same key. */
export interface StartedTryRun {
  readonly executionId: string;
  readonly replayed: boolean;
}

/**
 * Starts a real run that asks the question: recorded, metered and followed like any other. Runs are another domain's,
 * above this one; whoever composes the application provides it.
 */
export abstract class TryRun {
  /** Resolves once the run is accepted, long before it has ended. @throws AppError as a start of a run does */
  abstract run(request: TryRunRequest): Promise<StartedTryRun>;
}
