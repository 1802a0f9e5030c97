import type { ExecutionTimeline } from '@/shared/live/execution-timeline';

/** How long the run held no worker because every step waited, in milliseconds, up to now. */
export function waitedMs({ pauses, parkedAt }: ExecutionTimeline, nowMs: number): number {
  const before = pauses.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0);
  return before + (parkedAt === null ? 0 : Math.max(0, nowMs - Date.parse(parkedAt)));
}
