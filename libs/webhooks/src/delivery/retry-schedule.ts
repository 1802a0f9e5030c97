const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Milliseconds to wait after each attempt that failed; one attempt more than there are waits is made. */
export type RetrySchedule = readonly number[];

/** What the Standard Webhooks specification proposes; together about 75 hours. */
export const STANDARD_SCHEDULE: RetrySchedule = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** Of a waiting time, up or down, so that what failed together does not come back together. */
const JITTER = 0.1;

/** The longest that a receiver can put us off. */
const MAX_RETRY_AFTER_MS = 24 * HOUR;

/** What is known when an attempt has failed. */
export interface FailedAttempt {
  /** From 1. */
  readonly attempt: number;
  /** What the receiver asked for, in milliseconds; honoured when it is longer than the schedule's wait, up to a day. */
  readonly retryAfterMs: number | null;
  /** 0 to 1. */
  readonly random: number;
}

/** Milliseconds to wait after an attempt that failed; null when it was the last one. */
export function waitAfter(
  schedule: RetrySchedule,
  { attempt, retryAfterMs: asked, random }: FailedAttempt,
): number | null {
  const planned = schedule[attempt - 1];
  if (planned === undefined) return null;
  const jittered = planned * (1 - JITTER + 2 * JITTER * random);
  return Math.round(Math.max(jittered, Math.min(asked ?? 0, MAX_RETRY_AFTER_MS)));
}

/** `Retry-After` in seconds or as a date; null when there is none that can be read. */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * SECOND;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
