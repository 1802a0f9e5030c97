import type { RetryPolicy } from '../graph.js';
import type { StepError } from '../step-error.js';

const DEFAULT_BACKOFF_MS = 1_000;
const MAX_WAIT_MS = 60_000;

/** Whether a failed try is to be followed by another. */
export function mayTryAgain({ code, retryable }: StepError, tries: number, policy?: RetryPolicy): boolean {
  if (!retryable || tries >= (policy?.maxAttempts ?? 1)) return false;
  return policy?.on === undefined || policy.on.some((beginning) => beginsWith(code, beginning));
}

/** By whole words: `http` is the beginning of `http.status`, not of `https.status`. */
function beginsWith(code: string, beginning: string): boolean {
  return code === beginning || code.startsWith(beginning.endsWith('.') ? beginning : `${beginning}.`);
}

/**
 * How long to wait before trying again: doubles with every attempt, never more than a minute. Half of it is left to
 * chance, so that runs which failed together do not come back together. A service that asks for more time gets it.
 */
export function waitBeforeNextTryMs({ retryAfterMs = 0 }: StepError, failedTry: number, policy?: RetryPolicy): number {
  const fullMs = Math.min(MAX_WAIT_MS, (policy?.backoffMs ?? DEFAULT_BACKOFF_MS) * 2 ** (failedTry - 1));
  const waitMs = fullMs / 2 + (Math.random() * fullMs) / 2;
  return Math.round(Math.min(MAX_WAIT_MS, Math.max(waitMs, retryAfterMs)));
}
