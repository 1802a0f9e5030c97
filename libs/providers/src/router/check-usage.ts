import type { CallOptions } from '../model/call-options.js';
import type { ToolCall } from '../model/tool.js';
import type { Usage } from '../model/usage.js';
import { countInputTokens, countOutputTokens } from './count-call-tokens.js';
import type { ModelDescription } from './model-catalogue.js';

/** So much more than our own count may be true: tokenizers differ, and templates of a provider's own are counted too. */
const FACTOR = 10;
/** Below this nothing is absurd. */
const HARMLESS_TOKENS = 1_000;

export interface Answered {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
}

/**
 * What a provider says it has counted, or our own count where that cannot be true: negative, fractional, nothing at
 * all for something, more than the model can hold, or more than ten times our count. Money follows from these numbers.
 */
export function checkUsage(usage: Usage, options: CallOptions, answer: Answered, model: ModelDescription): Usage {
  const { contextWindow } = model;
  const longestAnswer = options.maxTokens ?? model.maxOutputTokens ?? contextWindow;
  const input = checkCount(usage.inputTokens, {
    most: contextWindow,
    atLeastOne: true,
    own: () => countInputTokens(options),
  });
  const output = checkCount(usage.outputTokens, {
    // Hidden reasoning counts as output and cannot be seen: where the model's own bound is known, that is what holds.
    most: longestAnswer === null ? null : longestAnswer * 2,
    isBoundEnough: longestAnswer !== null,
    atLeastOne: answer.text !== '' || answer.toolCalls.length > 0,
    own: () => countOutputTokens(answer),
  });
  const cachedInputTokens = isCount(usage.cachedInputTokens) ? Math.min(usage.cachedInputTokens, input.tokens) : 0;
  const reasoningTokens = isCount(usage.reasoningTokens) ? Math.min(usage.reasoningTokens, output.tokens) : 0;
  const isCorrected = input.isCorrected || output.isCorrected;
  return {
    ...usage,
    inputTokens: input.tokens,
    outputTokens: output.tokens,
    cachedInputTokens: input.isCorrected ? 0 : cachedInputTokens,
    reasoningTokens: output.isCorrected ? 0 : reasoningTokens,
    ...(isCorrected && { corrected: true }),
  };
}

interface Bounds {
  readonly most: number | null;
  readonly isBoundEnough?: boolean;
  readonly atLeastOne: boolean;
  readonly own: () => number;
}

function checkCount(
  said: number,
  { most, isBoundEnough, atLeastOne, own }: Bounds,
): { tokens: number; isCorrected: boolean } {
  const isPossible = isCount(said) && (said > 0 || !atLeastOne) && (most === null || said <= most);
  if (isPossible && (isBoundEnough || said <= HARMLESS_TOKENS)) return { tokens: said, isCorrected: false };
  const counted = own();
  if (isPossible && said <= counted * FACTOR + HARMLESS_TOKENS) return { tokens: said, isCorrected: false };
  return { tokens: counted, isCorrected: true };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
