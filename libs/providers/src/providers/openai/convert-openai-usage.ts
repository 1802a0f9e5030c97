import { estimateTokens } from '../../model/estimate-tokens.js';
import { textOf } from '../../model/message.js';
import type { CallOptions } from '../../model/call-options.js';
import type { Usage } from '../../model/usage.js';
import type { OpenAIUsage } from './openai-api-types.js';

/** The provider's counts in our words, or our own estimate of them when it kept silent. */
export function convertOpenAIUsage(raw: OpenAIUsage | null | undefined, options: CallOptions, output: string): Usage {
  if (!isCount(raw?.prompt_tokens) || !isCount(raw.completion_tokens)) return estimated(options, output);
  return {
    inputTokens: raw.prompt_tokens,
    outputTokens: raw.completion_tokens,
    cachedInputTokens: Math.min(countOr0(raw.prompt_tokens_details?.cached_tokens), raw.prompt_tokens),
    reasoningTokens: Math.min(countOr0(raw.completion_tokens_details?.reasoning_tokens), raw.completion_tokens),
    costMicroUsd: null,
    estimated: false,
    raw,
  };
}

function estimated(options: CallOptions, output: string): Usage {
  return {
    inputTokens: options.messages.reduce((sum, message) => sum + estimateTokens(textOf(message)) + 4, 0),
    outputTokens: estimateTokens(output),
    cachedInputTokens: 0,
    reasoningTokens: 0,
    costMicroUsd: null,
    estimated: true,
  };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function countOr0(value: unknown): number {
  return isCount(value) ? value : 0;
}
