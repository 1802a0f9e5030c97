const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What the Standard Webhooks specification proposes to wait after each attempt; together about 75 hours. */
const WAITS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

/** Of a waiting time, up or down, so that what failed together does not come back together. */
const JITTER = 0.1;

/** The longest that a receiver can put us off. */
const MAX_RETRY_AFTER_MS = 24 * HOUR;

/** How many times a callback is tried before it is given up. */
export const MAX_ATTEMPTS = WAITS_MS.length + 1;

/**
 * How long to wait after an attempt that failed; null when it was the last one.
 * @param attempt from 1
 * @param retryAfterMs what the receiver asked for, which is honoured when it is longer than the schedule's, up to a day
 * @param random 0 to 1
 */
export function waitAfter(attempt: number, retryAfterMs: number | null, random: number): number | null {
  const planned = WAITS_MS[attempt - 1];
  if (planned === undefined) return null;
  const jittered = planned * (1 - JITTER + 2 * JITTER * random);
  return Math.round(Math.max(jittered, Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS)));
}

/** `Retry-After` in seconds or as a date; null when there is none that can be read. */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * SECOND;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
