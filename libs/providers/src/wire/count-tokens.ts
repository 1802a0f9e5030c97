import type { CallOptions } from '../model/call-options.js';
import { estimateTokens } from '../model/estimate-tokens.js';
import { textOf } from '../model/message.js';
import type { Usage } from '../model/usage.js';

const TOKENS_PER_MESSAGE = 4;

/** What a provider says it counted; nothing is promised to be there, or to be a number. */
export interface ReportedCounts {
  /** Cached ones included. */
  readonly input: unknown;
  /** Hidden reasoning included. */
  readonly output: unknown;
  readonly cachedInput?: unknown;
  readonly reasoning?: unknown;
  /** The provider's own record. */
  readonly raw?: unknown;
}

/** The provider's counts in our words, or our own estimate of them when it kept silent. */
export function countTokens(reported: ReportedCounts, options: CallOptions, output: string): Usage {
  const { input, output: counted, cachedInput, reasoning, raw } = reported;
  if (!isCount(input) || !isCount(counted)) return estimated(options, output);
  return {
    inputTokens: input,
    outputTokens: counted,
    cachedInputTokens: Math.min(countOr0(cachedInput), input),
    reasoningTokens: Math.min(countOr0(reasoning), counted),
    costMicroUsd: null,
    estimated: false,
    raw,
  };
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function countOr0(value: unknown): number {
  return isCount(value) ? value : 0;
}

function estimated(options: CallOptions, output: string): Usage {
  return {
    inputTokens: options.messages.reduce(
      (sum, message) => sum + estimateTokens(textOf(message)) + TOKENS_PER_MESSAGE,
      0,
    ),
    outputTokens: estimateTokens(output),
    cachedInputTokens: 0,
    reasoningTokens: 0,
    costMicroUsd: null,
    estimated: true,
  };
}
