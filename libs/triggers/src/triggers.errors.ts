import { AppError, conflict, type FieldProblem, invalid, limited, notFound, unauthenticated } from '#platform/errors';

export const scheduleNotFound = (): AppError => notFound('schedule');

export const webhookNotFound = (): AppError => notFound('webhook');

export const tooMany = (what: 'schedule' | 'webhook', most: number): AppError =>
  conflict(`${what}.too_many`, `An organisation has at most ${most} ${what}s. Delete one that is not needed any more.`);

export const neverFires = (): AppError =>
  invalid('schedule.never_fires', 'This schedule would never fire.', [
    { pointer: '/cron', code: 'never', message: 'No day of the calendar fits these fields. Change day or month.' },
  ]);

export const inputDoesNotFit = (errors: readonly FieldProblem[]): AppError =>
  invalid(
    'schedule.invalid_input',
    "The input does not fit the agent's start node, so every run would be refused. Nothing was saved.",
    errors,
  );

export const wrongExpression = (message: string): AppError =>
  invalid('webhook.input_expression', 'The input expression cannot be read. Nothing was saved.', [
    { pointer: '/inputExpression', code: 'expression.syntax', message },
  ]);

export const wrongSecret = (message: string): AppError =>
  invalid('webhook.secret', 'This secret cannot be used.', [{ pointer: '/secret', code: 'secret', message }]);

export const headersNotTaken = (pointer: string): AppError =>
  invalid('webhook.headers', 'Standard Webhooks names its own headers.', [
    { pointer, code: 'not_taken', message: 'Leave it out, or choose the verification hmac-sha256.' },
  ]);

/** The words of a path that nobody serves: whoever guesses an address learns nothing. */
export const nothingAtHook = (token: string): AppError =>
  new AppError('not_found', 'route.not_found', `There is nothing at POST /hooks/${encodeURIComponent(token)}.`);

/** One answer for every way in which a message can fail to prove its sender. */
export const notVerified = (): AppError =>
  unauthenticated(
    'webhook.not_verified',
    "This message does not carry one right signature made with the webhook's secret within the last five minutes. Nothing was started.",
  );

export const messageReused = (): AppError =>
  conflict('webhook.message_reused', 'A message with this id and another body was accepted before. Use a new id.');

export const webhookPaused = (): AppError =>
  conflict('webhook.paused', 'This webhook is paused, so nothing was started. Send the message again later.', {
    retryable: true,
  });

export const mappingFailed = (message: string): AppError =>
  invalid('webhook.mapping_failed', 'The input expression of this webhook failed on this message.', [
    { pointer: '', code: 'expression.failed', message },
  ]);

export const unreadableBody = (): AppError =>
  new AppError('malformed', 'request.not_json', 'The request body is not valid JSON.');

export const tooManyMessages = (retryAfterSeconds: number): AppError =>
  limited(
    'webhook.too_many_messages',
    'This webhook has too many messages. Send this one again later.',
    retryAfterSeconds,
  );
