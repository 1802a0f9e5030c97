import type { Usage } from '../model/usage.js';
import { ProviderError } from './provider-error.js';

/** JSON was asked for, and the finished answer is not JSON or breaks the schema. Asking again can help. */
export class InvalidOutputError extends ProviderError {
  constructor(
    readonly model: string,
    problem: string,
    /** The useless answer was paid for all the same. */
    readonly usage: Usage,
    outputStarted: boolean,
  ) {
    super('provider.invalid_output', `${model} was asked for JSON, but ${problem}.`, {
      retryable: true,
      outputStarted,
    });
  }
}
