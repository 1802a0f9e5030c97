import type { Usage } from '#kernel';

/** Adds up what the model calls of a run have used. A price that is not known makes the whole cost unknown. */
export class SpentUsage {
  private inputTokens = 0;
  private outputTokens = 0;
  private cachedInputTokens = 0;
  private costMicroUsd: number | null = 0;

  /** @param earlier what earlier attempts at the run have used */
  constructor(earlier?: Usage) {
    if (earlier) this.add(earlier);
  }

  add(usage: Usage): void {
    this.inputTokens += usage.inputTokens;
    this.outputTokens += usage.outputTokens;
    this.cachedInputTokens += usage.cachedInputTokens;
    this.costMicroUsd =
      this.costMicroUsd === null || usage.costMicroUsd === null ? null : this.costMicroUsd + usage.costMicroUsd;
  }

  sum(): Usage {
    const { inputTokens, outputTokens, cachedInputTokens, costMicroUsd } = this;
    return { inputTokens, outputTokens, cachedInputTokens, costMicroUsd };
  }
}
