import { type AppError, conflict, notFound } from '#platform/errors';

export const callbackNotFound = (): AppError => notFound('callback');

export const runNotEnded = (): AppError =>
  conflict('callback.run_not_ended', 'The run goes on; its callback is sent when it ends.');

export const underWay = (): AppError =>
  conflict('callback.under_way', 'It is being delivered at this moment. Look again in some seconds.');

export const tooManyAttempts = (limit: number): AppError =>
  conflict('callback.too_many_attempts', `It was tried ${limit} times; read the run through the API instead.`);

export const secretUnreadable = (): AppError =>
  conflict(
    'signing_secret.unreadable',
    'The signing secret was sealed under another ENCRYPTION_KEY and cannot be read. Rotate it.',
  );
