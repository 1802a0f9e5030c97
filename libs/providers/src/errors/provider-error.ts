export interface ProviderErrorOptions {
  /** Whether making the same call again can help. */
  readonly retryable?: boolean;
  /** True when part of the answer had already been delivered, so that a repeat would say it twice. */
  readonly outputStarted?: boolean;
}

/**
 * Base of everything that goes wrong between us and a model. Holds no request, no headers and no cause: those carry
 * keys, and errors end up in logs and in the database.
 */
export class ProviderError extends Error {
  /** Dotted and stable, for example `provider.rate_limited`. */
  readonly code: string;
  readonly retryable: boolean;
  readonly outputStarted: boolean;

  constructor(code: string, message: string, options: ProviderErrorOptions = {}) {
    super(message);
    this.name = new.target.name;
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.outputStarted = options.outputStarted ?? false;
  }
}
