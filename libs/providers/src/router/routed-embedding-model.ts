import type { CallDeadlines } from '../model/call-deadlines.js';
import type { EmbeddingModel, EmbedOptions, EmbedResult } from '../model/embedding-model.js';
import { checkDeadlines } from './check-call-options.js';
import { withTotalDeadline } from './deadlines.js';
import type { ModelDescription } from './model-catalogue.js';
import { priceAt } from './model-price.js';
import { priceOf } from './price-of.js';

/** A provider's embedding model under the total deadline, with its price filled in. */
export class RoutedEmbeddingModel implements EmbeddingModel {
  readonly provider: string;
  readonly modelId: string;
  readonly simulated: boolean;
  readonly dimensions: number | null;

  constructor(
    private readonly inner: EmbeddingModel,
    private readonly description: ModelDescription,
    private readonly deadlines: CallDeadlines,
  ) {
    this.provider = inner.provider;
    this.modelId = inner.modelId;
    this.simulated = inner.simulated;
    this.dimensions = inner.dimensions ?? description.dimensions;
  }

  async embed(options: EmbedOptions): Promise<EmbedResult> {
    checkDeadlines(options.deadlines);
    const deadlines = { ...this.deadlines, ...options.deadlines };
    const result = await withTotalDeadline(this.description.id, deadlines, options.signal, (signal) =>
      this.inner.embed({ ...options, signal }),
    );
    const costMicroUsd = priceOf(result.usage, priceAt(this.description.prices, new Date()));
    return { ...result, usage: { ...result.usage, costMicroUsd } };
  }
}
