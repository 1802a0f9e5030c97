import type { Usage } from './run-host.js';

export const NO_USAGE: Usage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, costMicroUsd: 0 };

/** The sum; its cost is unknown (null) as soon as one part's cost is. */
export function addUsage(first: Usage | undefined, second: Usage | undefined): Usage | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return {
    inputTokens: first.inputTokens + second.inputTokens,
    outputTokens: first.outputTokens + second.outputTokens,
    cachedInputTokens: first.cachedInputTokens + second.cachedInputTokens,
    costMicroUsd:
      first.costMicroUsd === null || second.costMicroUsd === null ? null : first.costMicroUsd + second.costMicroUsd,
  };
}
