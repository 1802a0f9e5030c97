import type { RetryPolicy } from '../graph.js';
import type { StepError } from '../step-error.js';

const DEFAULT_BACKOFF_MS = 1_000;
const MAX_WAIT_MS = 60_000;

/** A service that asks for more time than this is not asked again. */
const LONGEST_RETRY_AFTER_MS = 24 * 60 * 60 * 1_000;

/** From here on the run lets go of its worker until the next try. */
const SLEEP_FROM_MS = 10_000;

/** Whether a failed try is to be followed by another. */
export function mayTryAgain(
  { code, retryable, retryAfterMs = 0 }: StepError,
  tries: number,
  policy?: RetryPolicy,
): boolean {
  if (!retryable || tries >= (policy?.maxAttempts ?? 1) || retryAfterMs > LONGEST_RETRY_AFTER_MS) return false;
  return policy?.on === undefined || policy.on.some((beginning) => beginsWith(code, beginning));
}

/** By whole words: `http` is the beginning of `http.status`, not of `https.status`. */
function beginsWith(code: string, beginning: string): boolean {
  return code === beginning || code.startsWith(beginning.endsWith('.') ? beginning : `${beginning}.`);
}

/**
 * How long to wait before trying again: doubles with every attempt, never more than a minute, unless the service asks
 * for more time. Half of it is left to chance, so that runs which failed together do not come back together.
 */
export function waitBeforeNextTryMs({ retryAfterMs = 0 }: StepError, failedTry: number, policy?: RetryPolicy): number {
  const fullMs = Math.min(MAX_WAIT_MS, (policy?.backoffMs ?? DEFAULT_BACKOFF_MS) * 2 ** (failedTry - 1));
  const byChanceMs = (Math.random() * fullMs) / 2;
  return Math.ceil(Math.max(fullMs / 2, retryAfterMs) + byChanceMs);
}

/** Whether a wait is long enough for the run to sleep through it instead of holding a worker. */
export function isSlept(waitMs: number): boolean {
  return waitMs >= SLEEP_FROM_MS;
}
