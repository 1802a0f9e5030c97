import { AppError, type ErrorKind } from '#platform/errors';

/** What keeps a run from asking its model at all, by code. */
export const REFUSALS: Readonly<Record<string, ErrorKind>> = {
  'budget.exhausted': 'limited',
  'rate_limit.tokens': 'limited',
  'model.not_allowed': 'forbidden',
  'model.price_unknown': 'forbidden',
  'guard.blocked': 'invalid',
  'model.input_too_long': 'invalid',
};

/** When somebody may ask again who was refused for money or pace, in seconds. */
export const ASK_AGAIN_SECONDS = 60;

/** The problem that answers a turn which was refused and not tried in vain; null for every other one. */
export function refusalOf({ executionId, error }: RefusedTurn): AppError | null {
  const kind = error === null ? undefined : REFUSALS[error.code];
  if (error === null || kind === undefined) return null;
  return new AppError(kind, error.code, `${error.message} (run ${executionId})`, {
    ...(kind === 'limited' && { retryAfterSeconds: ASK_AGAIN_SECONDS }),
  });
}

interface RefusedTurn {
  readonly executionId: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}
