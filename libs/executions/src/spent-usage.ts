import type { Usage } from '#kernel';

/** Adds up what the steps of a run have used. A price that is not known makes the whole cost unknown. */
export class SpentUsage {
  private inputTokens = 0;
  private outputTokens = 0;
  private cachedInputTokens = 0;
  private costMicroUsd: number | null = 0;

  add(usage: Usage | undefined): void {
    if (!usage) return;
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
