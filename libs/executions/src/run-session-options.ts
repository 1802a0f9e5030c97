import type { EffectRecord, RunLimits, StepRecord, StepServices, Usage } from '#kernel';
import type { AcceptedRun, JournalEntry, Written } from './journal/journal-entry.js';
import type { KnownWait, OpenedWait } from './waits/known-wait.js';

export interface RunSessionOptions {
  readonly executionId: string;
  readonly orgId: string;
  readonly attempt: number;
  /** Present when the row is not in the database yet: it travels with the first commit. */
  readonly accept?: AcceptedRun;
  /** Last committed sequence number of earlier attempts. */
  readonly lastSeq: number;
  /** Finished steps of earlier attempts by path. */
  readonly recorded: ReadonlyMap<string, StepRecord>;
  /** What the model calls of earlier attempts have used. */
  readonly spent?: Usage;
  /** What earlier attempts have waited for, and how many answers the run has been given. */
  readonly waits?: readonly KnownWait[];
  readonly seenWakes?: number;
  /** The effect ledger of earlier attempts. */
  readonly effects?: readonly EffectRecord[];
  /** What expressions see as `vars`. */
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly limits: RunLimits;
  readonly services: StepServices;
  /** Commits; see `Journal.write`. */
  write(entry: JournalEntry): Promise<Written>;
  /** Told of events once they are committed, in order, as ready JSON: `events` is the array's inside. */
  published(chunk: CommittedChunk): void;
  /** Whether somebody here follows the run, so that text must not wait for company on its way into the log. */
  isWatched?(): boolean;
  /** Takes model calls that the run itself can no longer write down, see `callRow`. */
  lateCalls?(rows: readonly string[]): void;
  /** Told after a commit that opened waits. */
  opened?(waits: readonly OpenedWait[]): void;
}

/** Committed events on their way to watchers. */
export interface CommittedChunk {
  readonly executionId: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Envelopes without `executionId`, comma separated JSON objects. */
  readonly json: string;
  readonly final: boolean;
}
