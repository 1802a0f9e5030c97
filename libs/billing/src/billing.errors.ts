import { AppError, conflict, limited } from '#platform/errors';
import type { RateSubject, RateWindow } from './rate-limits/rate-window.js';

/** Somebody else has changed the limits since. */
export function limitsChanged(): AppError {
  return new AppError(
    'precondition_failed',
    'billing.limits_changed',
    'The limits were changed in the meantime. Read them again and repeat your change.',
  );
}

/** An organisation that pays afterwards has no balance. */
export function notPrepaid(): AppError {
  return conflict(
    'billing.not_prepaid',
    'Your organisation has no prepaid balance. Switch it on in the budgets before you pay in.',
  );
}

/** One request more than the minute of whoever asks has room for. */
export function tooManyRequests({ userId }: RateSubject, { limit, resetsAt, resetsInSeconds }: RateWindow): AppError {
  const whose =
    userId === null
      ? 'runs per minute that start by themselves, from schedules and webhooks'
      : 'requests per minute and person that start model work';
  const message = `Your plan allows ${limit} ${whose}. Ask again after ${resetsAt.toISOString()}.`;
  return limited('rate_limit.requests', message, resetsInSeconds);
}
