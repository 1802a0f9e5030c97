import { ProviderError, type ProviderErrorOptions } from './provider-error.js';

export interface ModelCallErrorOptions extends ProviderErrorOptions {
  /** HTTP status of the provider's answer; absent when there was none. */
  readonly status?: number;
  /** How long the provider asked us to wait. */
  readonly retryAfterMs?: number;
}

/** The provider refused, failed, could not be reached, or answered something that is not an answer. */
export class ModelCallError extends ProviderError {
  readonly status?: number;
  readonly retryAfterMs?: number;

  /** `retryable` follows from the status unless whoever raises this knows better. */
  constructor(code: string, message: string, options: ModelCallErrorOptions = {}) {
    super(code, message, { ...options, retryable: options.retryable ?? isRetryableStatus(options.status) });
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
  }
}

function isRetryableStatus(status: number | undefined): boolean {
  return status !== undefined && (status === 408 || status === 409 || status === 429 || status >= 500);
}
