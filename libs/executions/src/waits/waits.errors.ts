import { type AppError, conflict, type FieldProblem, invalid, notFound } from '#platform/errors';
import type { WaitRow } from './waits.read-model.js';

export const waitNotFound = (): AppError => notFound('wait');

/** Says who was first, and what they decided. */
export function alreadyAnswered({ answer, answeredBy, answeredAt, state }: WaitRow): AppError {
  if (state === 'void')
    return conflict('wait.void', 'The run ended before anybody decided; there is nothing left to decide.');
  const when = answeredAt ? ` at ${answeredAt.toISOString()}` : '';
  const who = answeredBy ? `by ${answeredBy.name}` : 'without anybody';
  return conflict(
    'wait.already_answered',
    `This has been decided already: ${answer?.decision ?? 'answered'} ${who}${when}. The first decision stands.`,
  );
}

export const payloadChanged = (): AppError =>
  conflict(
    'wait.payload_changed',
    'What is to be decided about is not what you looked at. Read it again and decide about that.',
  );

export function unknownDecision(decisions: readonly string[] | null): AppError {
  const message = decisions
    ? `Decide one of: ${decisions.join(', ')}.`
    : 'Nobody is asked here: this wait is answered by time, an event or another run.';
  return invalid('wait.unknown_decision', message, [{ pointer: '/decision', code: 'unknown_decision', message }]);
}

export const dataDoesNotFit = (errors: readonly FieldProblem[]): AppError =>
  invalid('wait.invalid_data', 'What you filled in does not fit the form. Nothing was decided.', errors);
