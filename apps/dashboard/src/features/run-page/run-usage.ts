import type { Usage } from '@/shared/api/generated/schema';
import type { ExecutionTimeline } from '@/shared/live/execution-timeline';

/** What the run used: what its last event says, until then the sum over the steps that have ended; null when no step used anything yet. */
export function usageOf(timeline: ExecutionTimeline): Usage | null {
  if (timeline.usage) return timeline.usage;
  let sum: Usage | null = null;
  for (const { usage } of timeline.steps.values()) {
    if (!usage) continue;
    sum = {
      inputTokens: (sum?.inputTokens ?? 0) + usage.inputTokens,
      outputTokens: (sum?.outputTokens ?? 0) + usage.outputTokens,
      cachedInputTokens: (sum?.cachedInputTokens ?? 0) + usage.cachedInputTokens,
      costMicroUsd: sum?.costMicroUsd === null || usage.costMicroUsd === null ? null : (sum?.costMicroUsd ?? 0) + usage.costMicroUsd,
    };
  }
  return sum;
}
