import type { CallOptions } from '../model/call-options.js';
import type { LanguageModel } from '../model/language-model.js';
import type { CircuitBreaker } from './circuit-breaker.js';
import type { ModelDescription } from './model-catalogue.js';

/** A model that a call may go to. */
export interface Candidate {
  readonly description: ModelDescription;
  readonly language: LanguageModel;
  readonly breaker: CircuitBreaker;
  /** An organisation's own credential; null for the installation's. */
  readonly credentialId: string | null;
  /** @throws InvalidCallOptionError for what this model would not take */
  check(options: CallOptions): void;
  /** What this model is asked, where it differs: bounds and defaults are a model's own. */
  optionsFor?(options: CallOptions): CallOptions;
}
