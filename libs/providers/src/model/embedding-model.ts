import type { CallDeadlines } from './call-deadlines.js';
import type { CallWarning } from './call-warning.js';
import type { Usage } from './usage.js';

export interface EmbedOptions {
  /** Texts to place; none may be empty. */
  readonly texts: readonly string[];
  readonly signal?: AbortSignal;
  /** Only `totalMs` applies. */
  readonly deadlines?: Partial<CallDeadlines>;
}

export interface EmbedResult {
  /** One vector per text, in the order of the texts. */
  readonly embeddings: readonly (readonly number[])[];
  readonly usage: Usage;
  /** `provider/model` that really answered. */
  readonly model: string;
  /** True when the vectors compare words and spellings, not meaning. */
  readonly simulated: boolean;
  readonly warnings: readonly CallWarning[];
}

/** A model that turns texts into vectors of equal length. */
export interface EmbeddingModel {
  readonly provider: string;
  readonly modelId: string;
  /** True when no neural model is involved. */
  readonly simulated: boolean;
  /** Length of each vector; null when only the provider knows. */
  readonly dimensions: number | null;
  embed(options: EmbedOptions): Promise<EmbedResult>;
}
