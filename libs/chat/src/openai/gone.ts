import type { Response } from 'express';

/** Aborts when the client hangs up before its answer is whole. */
export function goneOf(response: Response): AbortSignal {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}
