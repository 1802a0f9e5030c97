import { ModelCallError } from '../errors/model-call-error.js';
import type { ProviderError } from '../errors/provider-error.js';

/** How often and after what pauses a call is made again. */
export interface RetryPolicy {
  /** Attempts at one model before the next one is asked, the first included. */
  readonly attemptsPerModel: number;
  /** The pause before attempt n is anything up to this × 2^(n−2), in milliseconds. */
  readonly baseDelayMs: number;
  /** Longest pause of our own choosing. */
  readonly maxDelayMs: number;
  /** Longest `Retry-After` that is waited out. A longer one sends the call elsewhere, or back to whoever made it. */
  readonly maxRetryAfterMs: number;
  /** The same while another model stands by. */
  readonly maxRetryAfterWithFallbackMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  attemptsPerModel: 3,
  baseDelayMs: 500,
  maxDelayMs: 8_000,
  maxRetryAfterMs: 20_000,
  maxRetryAfterWithFallbackMs: 2_000,
};

export interface Situation {
  /** Attempts at this model that have been made. */
  readonly attempts: number;
  readonly error: ProviderError;
  /** Whether another model could be asked instead. */
  readonly hasFallback: boolean;
  /** From 0 up to, not including, 1. */
  readonly random: number;
}

/**
 * Milliseconds until the same model is asked again; null when it is not. Full jitter, so that callers who failed
 * together do not come back together; after `Retry-After` it lies behind the moment that the provider named.
 */
export function pauseBeforeRetry(policy: RetryPolicy, situation: Situation): number | null {
  const { attempts, error, hasFallback, random } = situation;
  if (!error.retryable || attempts >= policy.attemptsPerModel) return null;
  const ceiling = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempts - 1));
  const asked = error instanceof ModelCallError ? error.retryAfterMs : undefined;
  if (asked === undefined) return Math.round(random * ceiling);
  if (asked > (hasFallback ? policy.maxRetryAfterWithFallbackMs : policy.maxRetryAfterMs)) return null;
  return Math.round(asked + random * policy.baseDelayMs);
}
