import type { ExecutionTimeline, IdlePeriod } from '@/shared/live/execution-timeline';

export interface IdleTimes {
  /** In the queue again after a wait, in milliseconds; the queue before the first start is not in it. */
  againMs: number;
  /** Without a worker because every step waited, in milliseconds. */
  waitedMs: number;
}

/** Times in which the run held no worker, up to now. */
export function idleTimes(timeline: ExecutionTimeline, nowMs: number): IdleTimes {
  let againMs = 0;
  for (const { from, to } of timeline.queues) againMs += lengthOf(from, to, nowMs);
  let waitedMs = 0;
  for (const { from, to } of pausesOf(timeline)) waitedMs += lengthOf(from, to, nowMs);
  return { againMs, waitedMs };
}

/** From the moment when every step waited to the answer that ended it. */
function pausesOf({ pauses, parkedAt, queues }: ExecutionTimeline): readonly IdlePeriod[] {
  if (parkedAt === null) return pauses;
  return [...pauses, { from: parkedAt, to: queues.find(({ to }) => to === null)?.from ?? null }];
}

function lengthOf(from: string, to: string | null, nowMs: number): number {
  return Math.max(0, (to === null ? nowMs : Date.parse(to)) - Date.parse(from));
}
