import { AppError, conflict, type ErrorKind, unavailable } from '#platform/errors';
import { ASK_AGAIN_SECONDS, REFUSALS } from '../refused-turn.js';

/** On this door the request may name the model itself, and its parameters. */
const KINDS: Readonly<Record<string, ErrorKind>> = {
  ...REFUSALS,
  'provider.rate_limited': 'limited',
  'model.not_found': 'not_found',
  'provider.no_such_model': 'not_found',
  'provider.invalid_call_option': 'invalid',
  'provider.context_length_exceeded': 'invalid',
};

/** What a client is told of a run that did not succeed: what it failed with. */
export function runFailed(
  executionId: string,
  status: string,
  error: { code: string; message: string; retryable: boolean } | null,
): AppError {
  const { code = `run.${status}`, message = `The run ended as ${status}.`, retryable = false } = error ?? {};
  const kind = KINDS[code] ?? (retryable ? 'unavailable' : status === 'failed' ? 'internal' : 'conflict');
  return new AppError(kind, code, `${message} (run ${executionId})`, {
    retryable,
    ...(kind === 'limited' && { retryAfterSeconds: ASK_AGAIN_SECONDS }),
  });
}

export const runWaits = (executionId: string, title: string): AppError =>
  conflict(
    'run.waiting',
    `The run ${executionId} waits for somebody${title === '' ? '' : `: ${title}`}. It goes on by itself once that is answered; read its output at /api/v1/executions/${executionId}.`,
    { retryable: false },
  );

export const runTooSlow = (executionId: string): AppError =>
  unavailable(
    'run.too_slow',
    `The run ${executionId} takes longer than this door waits. It goes on; read its output at /api/v1/executions/${executionId}.`,
    { retryable: false },
  );
