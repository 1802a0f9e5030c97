import { ProviderError, type ProviderErrorOptions } from './provider-error.js';

/** The connection ended before the answer did. What was delivered is a fragment; its tool calls were withheld. */
export class StreamInterruptedError extends ProviderError {
  constructor(message: string, options: Pick<ProviderErrorOptions, 'outputStarted'> = {}) {
    super('provider.stream_interrupted', message, { ...options, retryable: true });
  }
}
