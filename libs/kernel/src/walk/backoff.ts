const DEFAULT_BACKOFF_MS = 1_000;
const MAX_WAIT_MS = 60_000;

/**
 * How long to wait before trying again: doubles with every attempt, never more than a minute. Half of it is left to
 * chance, so that runs which failed together do not come back together. A service that asks for more time gets it.
 */
export function backoffMs(failedTry: number, firstWaitMs = DEFAULT_BACKOFF_MS, askedForMs = 0): number {
  const fullMs = Math.min(MAX_WAIT_MS, firstWaitMs * 2 ** (failedTry - 1));
  const waitMs = fullMs / 2 + (Math.random() * fullMs) / 2;
  return Math.round(Math.min(MAX_WAIT_MS, Math.max(waitMs, askedForMs)));
}
