import type { FinalStatus } from '../execution-status.js';
import type { LargeFields, Payload } from '../payloads/payload.js';
import type { RunSpending } from '../spending/run-spending.js';

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
  /** Present when the attempt ends with this entry and the run waits. */
  readonly suspend?: SuspendedRun;
  /** `execution_step` rows as JSON objects, without `org_id` and `execution_id`. */
  readonly steps: readonly string[];
  readonly events?: { readonly firstSeq: number; readonly lastSeq: number; readonly json: string };
  /** `execution_log` rows as JSON objects, without `org_id` and `execution_id`. */
  readonly logs: readonly string[];
  readonly waits?: WaitChanges;
  /** `effect` rows as JSON objects, without `org_id` and `execution_id`; at most one per path and call. */
  readonly effects?: readonly string[];
  /** Model calls as JSON objects, see `callRow`. */
  readonly calls?: readonly string[];
  /** Large values that its rows and events name, as far as the run has not stored them before. */
  readonly payloads?: readonly Payload[];
  /** The run whose large values this one takes over, for a retry. */
  readonly payloadsOf?: string;
}

export interface WaitChanges {
  /** `wait` rows as JSON objects, without `org_id` and `execution_id`; one that is there already stays as it is. */
  readonly opened: readonly string[];
  /** Ids of waits whose answer the run has got. */
  readonly closed: readonly string[];
  /** Ids of waits that nobody need answer any more, because their step is over. */
  readonly voided?: readonly string[];
  /** Whether nobody need answer what is still open. */
  readonly voidOpen: boolean;
}

export interface AcceptedRun {
  readonly orgId: string;
  readonly agentId: string;
  readonly versionId: string;
  readonly version: number;
  /** Whether it starts in this process (`running`, leased) or on the queue (`queued`). */
  readonly mode: 'interactive' | 'background';
  readonly trigger: string;
  /** The schedule or webhook that started it. */
  readonly triggeredBy: TriggerReference | null;
  readonly leaseOwner: string | null;
  readonly leaseMs: number;
  /** `null` when the input is large. */
  readonly inputJson: string;
  /** Refers to the input when that is large. */
  readonly large?: LargeFields;
  /** A large input, unless the run takes over that of another one. */
  readonly inputPayload?: Payload;
  readonly metadataJson: string | null;
  readonly retryOf: string | null;
  /** The step that started it, when another run's step did. */
  readonly parent: ParentStep | null;
  readonly createdByUserId: string | null;
  /** No budget of its own when absent. */
  readonly spending?: RunSpending;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly idempotency: { readonly key: string; readonly requestHash: string } | null;
  /** Whom to tell when it ends. */
  readonly callback: CallbackToArm | null;
}

export interface CallbackToArm {
  readonly id: string;
  readonly url: string;
}

/** A schedule or webhook, with the name that it had then. */
export interface TriggerReference {
  readonly id: string;
  readonly name: string;
}

export interface ParentStep {
  readonly executionId: string;
  readonly path: string;
  /** Of the child: 1 for the child of a run that nobody's step started. */
  readonly depth: number;
}

export interface FinishedRun {
  readonly status: FinalStatus;
  readonly outputJson: string | null;
  readonly errorJson: string | null;
  /** What of output and error is large. */
  readonly large?: LargeFields;
  readonly usageJson: string;
  readonly lastSeq: number;
  /** Epoch milliseconds. */
  readonly finishedAt: number;
}

export interface SuspendedRun {
  /** How many answers the attempt knew of; when there are more by now, the run is queued at once. */
  readonly seenWakes: number;
  readonly usageJson: string;
  readonly lastSeq: number;
}

/** What became of an entry: `requeued` when a suspended run has an answer already, or is to be cancelled. */
export type Written = 'written' | 'requeued';
