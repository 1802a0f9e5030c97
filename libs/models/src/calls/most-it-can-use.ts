import { type CallOptions, countInputTokens, type ModelDescription, priceAt, priceOf } from '#providers';
import type { MostUse } from './call-allowances.js';

/** Our count may be short of a provider's by so much: other tokenizers, templates of its own. */
const SAFETY = 1.25;
const MORE_TOKENS = 64;
/** The built-in model never says more, and models without a price get no bound from us. */
const USUAL_ANSWER = 2_048;

/** An upper bound of what a call uses, from our own count and the longest answer that it allows. */
export function mostItCanUse(options: CallOptions, model: ModelDescription): MostUse {
  const counted = Math.ceil(countInputTokens(options) * SAFETY) + MORE_TOKENS;
  const inputTokens = model.contextWindow === null ? counted : Math.min(counted, model.contextWindow);
  const outputTokens = options.maxTokens ?? USUAL_ANSWER;
  const price = priceAt(model.prices, new Date());
  const usage = { inputTokens, outputTokens, cachedInputTokens: 0, reasoningTokens: 0 };
  const microUsd = priceOf({ ...usage, costMicroUsd: null, estimated: true }, price);
  return { tokens: inputTokens + outputTokens, microUsd };
}

/** The same for texts that are to be embedded. */
export function mostThatTextsCanUse(texts: readonly string[], model: ModelDescription): MostUse {
  const messages = texts.map((content) => ({ role: 'user', content }) as const);
  const tokens = Math.ceil(countInputTokens({ messages }) * SAFETY);
  const usage = { inputTokens: tokens, outputTokens: 0, cachedInputTokens: 0, reasoningTokens: 0 };
  const price = priceAt(model.prices, new Date());
  return { tokens, microUsd: priceOf({ ...usage, costMicroUsd: null, estimated: true }, price) };
}
