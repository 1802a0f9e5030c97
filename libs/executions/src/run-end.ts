import type { Failure, Usage } from '#kernel';
import type { FinalStatus } from './execution-status.js';
import type { LargeFields } from './payloads/payload.js';

/** How a run ended, as the row and the last event say it. */
export interface RunEnd {
  readonly status: FinalStatus;
  readonly output?: unknown;
  readonly error?: Failure;
  /** What of output and error the row only refers to; here they are whole. */
  readonly large?: LargeFields;
  readonly usage: Usage;
  readonly finishedAt: number;
  readonly lastSeq: number;
}
