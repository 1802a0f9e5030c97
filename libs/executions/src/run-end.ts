import type { Failure, Usage } from '#kernel';
import type { FinalStatus } from './execution-status.js';

/** How a run ended, as the row and the last event say it. */
export interface RunEnd {
  readonly status: FinalStatus;
  readonly output?: unknown;
  readonly error?: Failure;
  readonly usage: Usage;
  readonly finishedAt: number;
  readonly lastSeq: number;
}
