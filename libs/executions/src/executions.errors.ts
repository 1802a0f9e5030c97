import { AppError, conflict, type FieldProblem, invalid, notFound, unauthenticated } from '#platform/errors';

export const executionNotFound = (): AppError => notFound('execution');

export const payloadNotFound = (): AppError => notFound('payload');

export const invalidInput = (errors: readonly FieldProblem[]): AppError =>
  invalid('execution.invalid_input', "The input does not fit the agent's start node. Nothing was started.", errors);

export const alreadyFinished = (): AppError =>
  conflict('execution.already_finished', 'This run has ended; there is nothing left to cancel.');

export const notRetryable = (): AppError =>
  conflict(
    'execution.not_retryable',
    'Only a run that failed, was cancelled or timed out can be retried. Start a new one instead.',
  );

export const queueFull = (limit: number): AppError =>
  new AppError(
    'limited',
    'execution.queue_full',
    `This organisation has ${limit} runs waiting already. Nothing was started.`,
    {
      retryAfterSeconds: 5,
    },
  );

export const credentialGone = (): AppError =>
  unauthenticated('auth.revoked', 'The session or API key behind this request has ended while it waited.');

/** The run belongs to another attempt now; this one must stop without a word. */
export class RunLostError extends Error {
  override readonly name = 'RunLostError';

  constructor() {
    super('Another process has taken this run over.');
  }
}

/** The key was taken by an earlier start, which has to be answered instead. */
export class IdempotencyTakenError extends Error {
  override readonly name = 'IdempotencyTakenError';

  constructor(readonly key: string) {
    super('This Idempotency-Key belongs to an earlier run.');
  }
}
