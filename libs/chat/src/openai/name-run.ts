import type { Response } from 'express';
import type { Answering } from './answering.js';

/** Says which run answers, and whether an earlier request with the same key has started it. */
export function nameRun({ executionId, replayed }: Answering, response: Response): void {
  response.setHeader('X-Execution-Id', executionId);
  if (replayed) response.setHeader('Idempotent-Replayed', 'true');
}
