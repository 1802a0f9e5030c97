import type { ExecutionTimeline, Pause } from '@/shared/live/execution-timeline';

/** How long the run held no worker because every step waited, in milliseconds, up to now. */
export function waitedMs({ pauses, parkedAt }: ExecutionTimeline, nowMs: number): number {
  return sumOf(pauses) + (parkedAt === null ? 0 : Math.max(0, nowMs - Date.parse(parkedAt)));
}

/** How long it waited for a worker after its first start: when it had been answered, or had lost its worker. */
export function queuedAgainMs({ queues }: ExecutionTimeline): number {
  return sumOf(queues);
}

function sumOf(times: readonly Pause[]): number {
  return times.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0);
}
