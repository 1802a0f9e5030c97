import { AppError } from '#platform/errors';

/** Why a trigger's run could not be started, as people see it. */
export interface TriggerFailure {
  readonly code: string;
  readonly message: string;
  /** RFC 3339. */
  readonly at: string;
}

/** What may be kept of an error: ours in its own words, with the first field that is wrong; anything else only as "internal". */
export function failureOf(error: unknown, at: Date): TriggerFailure {
  if (!(error instanceof AppError)) {
    return {
      code: 'internal',
      message: 'Something failed on our side; the log has the details.',
      at: at.toISOString(),
    };
  }
  const [first] = error.errors ?? [];
  const place = first ? ` (${first.pointer}: ${first.message})` : '';
  return { code: error.code, message: `${error.message}${place}`.slice(0, 1_000), at: at.toISOString() };
}

/** Whether the same start may succeed a little later. What is not ours may be a lost connection. */
export function isPassing(error: unknown): boolean {
  return !(error instanceof AppError) || error.retryable;
}
