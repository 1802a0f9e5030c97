import type { FinalStatus } from '../execution-status.js';

/**
 * What one run wants committed together. Everything is JSON text already, made once: the same text goes into the row,
 * the event and out to watchers.
 */
export interface JournalEntry {
  readonly executionId: string;
  /** The fence: written only while the row still names this attempt and is running. */
  readonly attempt: number;
  /** Present for a run that is not in the database yet. */
  readonly accept?: AcceptedRun;
  /** Present when the run ends with this entry. */
  readonly finish?: FinishedRun;
  /** `execution_step` rows as JSON objects, without `org_id` and `execution_id`. */
  readonly steps: readonly string[];
  readonly events?: { readonly firstSeq: number; readonly lastSeq: number; readonly json: string };
  /** `execution_log` rows as JSON objects, without `org_id` and `execution_id`. */
  readonly logs: readonly string[];
}

export interface AcceptedRun {
  readonly orgId: string;
  readonly agentId: string;
  readonly versionId: string;
  readonly version: number;
  /** Whether it starts in this process (`running`, leased) or on the queue (`queued`). */
  readonly mode: 'interactive' | 'background';
  readonly trigger: string;
  readonly leaseOwner: string | null;
  readonly leaseMs: number;
  readonly inputJson: string;
  readonly metadataJson: string | null;
  readonly retryOf: string | null;
  readonly createdByUserId: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly idempotency: { readonly key: string; readonly requestHash: string } | null;
}

export interface FinishedRun {
  readonly status: FinalStatus;
  readonly outputJson: string | null;
  readonly errorJson: string | null;
  readonly usageJson: string;
  readonly lastSeq: number;
  /** Epoch milliseconds. */
  readonly finishedAt: number;
}
