import type { Failure } from './run-host.js';

/** The reason that a host gives to the `AbortSignal` of a run; its failure becomes the outcome of the walk. */
export class RunAborted extends Error {
  override readonly name = 'RunAborted';

  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** The failure that an abort reason or a rejected commit carries; an honest general one when it carries none. */
export function failureOfReason(reason: unknown): Failure {
  if (reason instanceof RunAborted) return reason.failure;
  return { code: 'run.aborted', message: 'The run was stopped from outside before it could finish.', retryable: true };
}

/** A run that has reached one of its bounds. */
export function limitFailure(name: string, message: string): Failure {
  return { code: `run.limit_${name}`, message, retryable: false };
}
