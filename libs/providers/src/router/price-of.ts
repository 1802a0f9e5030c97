import type { Usage } from '../model/usage.js';
import type { ModelPrice } from './model-catalogue.js';

/** What a call cost in whole micro-USD, rounded up so that no call is cheaper than it was; null = price unknown. */
export function priceOf(usage: Usage, price: ModelPrice | null): number | null {
  if (!price) return null;
  const long =
    price.longContext && usage.inputTokens > price.longContext.aboveInputTokens ? price.longContext : undefined;
  const input =
    (usage.inputTokens - usage.cachedInputTokens) * price.inputMicroUsd +
    usage.cachedInputTokens * price.cachedInputMicroUsd;
  const output = usage.outputTokens * price.outputMicroUsd;
  return Math.ceil((input * (long?.inputFactor ?? 1) + output * (long?.outputFactor ?? 1)) / 1_000_000);
}
