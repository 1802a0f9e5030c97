import type { Usage } from '../model/usage.js';
import type { ModelPrice } from './model-price.js';

/** What a call cost in whole micro-USD, rounded up so that no call is cheaper than it was; null = price unknown. */
export function priceOf(usage: Usage, price: ModelPrice | null): number | null {
  if (!price) return null;
  const isLong = price.longContext !== undefined && usage.inputTokens > price.longContext.aboveInputTokens;
  const rates = isLong ? price.longContext : price;
  const total =
    (usage.inputTokens - usage.cachedInputTokens) * rates.inputMicroUsd +
    usage.cachedInputTokens * rates.cachedInputMicroUsd +
    usage.outputTokens * rates.outputMicroUsd;
  return Math.ceil(total / 1_000_000);
}
