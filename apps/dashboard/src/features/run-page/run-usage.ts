import type { Usage } from '@/shared/api/generated/schema';
import type { ExecutionTimeline } from '@/shared/live/execution-timeline';
import { isFinalStatus } from './run-status';

/** What the run used: what its last event says, until then the sum over the steps that have ended; null when no step used anything yet. */
export function usageOf(timeline: ExecutionTimeline): Usage | null {
  // While it runs, the row's usage is that of an earlier moment.
  if (timeline.usage && isFinalStatus(timeline.status)) return timeline.usage;
  return [...timeline.steps.values()].reduce<Usage | null>((sum, { usage }) => (usage ? added(sum, usage) : sum), null);
}

function added(sum: Usage | null, usage: Usage): Usage {
  if (!sum) return usage;
  return {
    inputTokens: sum.inputTokens + usage.inputTokens,
    outputTokens: sum.outputTokens + usage.outputTokens,
    cachedInputTokens: sum.cachedInputTokens + usage.cachedInputTokens,
    costMicroUsd:
      sum.costMicroUsd === null || usage.costMicroUsd === null ? null : sum.costMicroUsd + usage.costMicroUsd,
  };
}
