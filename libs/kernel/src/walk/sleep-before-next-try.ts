import type { StepSpec } from '../plan.js';
import type { Failure, RunHost, WaitRequest } from '../run-host.js';

/** What a step waits for between two tries that lie far apart: a time, as anything else outside. The key says after which try. */
export function sleepBeforeNextTry(
  { path, name }: StepSpec,
  failedTry: number,
  rest: { readonly dueAt?: number; readonly error?: Failure } = {},
): WaitRequest {
  const { dueAt, error } = rest;
  const when = dueAt === undefined ? '' : ` at ${new Date(dueAt).toISOString()}`;
  return {
    kind: 'timer',
    key: keyAfter(failedTry),
    title: `Tries “${name ?? path}” again${when}`,
    ...(dueAt !== undefined && { dueAt }),
    ...(error && { payload: { failedTry, error } }),
  };
}

/** After which try the step slept last, in this or an earlier attempt at its run; 0 when it never did. */
export function lastSleptAfter({ path, retry }: StepSpec, host: RunHost): number {
  for (let tries = (retry?.maxAttempts ?? 1) - 1; tries >= 1; tries--) {
    if (host.hasAsked(path, keyAfter(tries))) return tries;
  }
  return 0;
}

const keyAfter = (failedTry: number): string => `next-try-${failedTry}`;
