import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { isDatabaseAway } from '#platform/database';
import { InjectLogger, type Logger } from '#platform/logging';
import { OrgDatabase } from '#tenancy';
import { IdempotencyTakenError, RunLostError } from '../executions.errors.js';
import type { JournalEntry, Written } from './journal-entry.js';
import { journalStatement } from './journal-parameters.js';

const REASON = 'group commit of the runs of this process';

/** Bounds one statement; what is left goes with the next batch. */
const MAX_BATCH_ENTRIES = 256;
const MAX_BATCH_BYTES = 8 * 1024 * 1024;

/** How long a batch is tried again while the database is away, before its runs are given up to the reconciler. */
const RETRY_FOR_MS = 15_000;

interface Waiting {
  readonly entry: JournalEntry;
  readonly bytes: number;
  readonly resolve: (written: Written) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The one writer of runs. Everything that the runs of this process want durable in the same few milliseconds becomes
 * one statement and one commit, so that a run pays for a share of a batch and not for a round trip of its own. Two
 * batches are in flight on Postgres, so that one fills while the other commits.
 */
@Injectable()
export class Journal {
  private waiting: Waiting[] = [];
  private inFlight = 0;
  private scheduled = false;
  private readonly maxInFlight: number;

  constructor(
    private readonly database: OrgDatabase,
    @InjectLogger() private readonly logger: Logger,
  ) {
    this.maxInFlight = database.embedded ? 1 : 2;
  }

  /**
   * Commits the entry with whatever else waits. Entries of one run must not overlap: the caller awaits one before it
   * hands in the next.
   * @returns `requeued` for a suspended run that goes on at once: knock for it
   * @throws RunLostError when the run is another attempt's, or its id is taken · IdempotencyTakenError when its key is an earlier run's
   */
  write(entry: JournalEntry): Promise<Written> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ entry, bytes: sizeOf(entry), resolve, reject });
      this.schedule();
    });
  }

  /** Resolves when nothing waits or is in flight. */
  async drained(): Promise<void> {
    while (this.waiting.length > 0 || this.inFlight > 0) await sleep(5);
  }

  private schedule(): void {
    if (this.scheduled || this.inFlight >= this.maxInFlight || this.waiting.length === 0) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      void this.flush();
    });
  }

  private async flush(): Promise<void> {
    const batch = this.takeBatch();
    if (batch.length === 0) return;
    this.inFlight += 1;
    this.schedule();
    try {
      await this.commit(batch);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.inFlight -= 1;
      this.schedule();
    }
  }

  private takeBatch(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { bytes: size } of this.waiting) {
      if (count >= MAX_BATCH_ENTRIES || (count > 0 && bytes + size > MAX_BATCH_BYTES)) break;
      bytes += size;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  private async commit(batch: readonly Waiting[]): Promise<void> {
    const giveUpAt = Date.now() + RETRY_FOR_MS;
    let left = batch;
    let answerLost = false;
    for (let backoffMs = 50; left.length > 0; backoffMs = Math.min(backoffMs * 2, 2_000)) {
      try {
        if (answerLost) left = await this.dropCommitted(left);
        if (left.length > 0) settle(left, await this.execute(left));
        return;
      } catch (error) {
        if (mayGoAgain(error) && Date.now() < giveUpAt) {
          this.logger.warn({ err: error, entries: left.length }, 'journal: the database is away, trying again');
          answerLost = true;
          await sleep(backoffMs);
        } else if (left.length > 1) {
          // One entry that the database refuses must not take its neighbours down.
          await Promise.all(left.map((one) => this.commit([one])));
          return;
        } else {
          left[0]?.reject(isAcceptedAlready(error) ? new RunLostError() : error);
          return;
        }
      }
    }
  }

  private async execute(batch: readonly Waiting[]): Promise<ReadonlyMap<string, Written>> {
    const { sql, parameters } = journalStatement(batch.map(({ entry }) => entry));
    const rows = await this.database.acrossOrgsStatement<{ id: string; status?: string | null }>(
      REASON,
      sql,
      parameters,
    );
    return new Map(rows.map(({ id, status }) => [id, status === 'queued' ? 'requeued' : 'written']));
  }

  /**
   * After a lost connection nobody knows whether the batch went through: rows and event log do. What neither of them
   * shows, entries of the effect ledger, is written again, which changes nothing when it was there.
   */
  private async dropCommitted(batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    const telling = batch.filter(({ entry }) => entry.events ?? entry.accept ?? entry.suspend);
    const marks = telling.map(({ entry }) => ({
      id: entry.executionId,
      attempt: entry.attempt,
      last_seq: entry.events?.lastSeq ?? null,
      suspends: entry.suspend !== undefined,
    }));
    const rows = await this.database.acrossOrgsStatement<{ id: string; status: string }>(
      REASON,
      `SELECT r.id, e.status FROM json_to_recordset($1::json) AS r(id uuid, attempt int, last_seq int, suspends boolean)
         JOIN execution e ON e.id = r.id AND e.attempt >= r.attempt
        WHERE r.last_seq IS NULL AND NOT r.suspends
           OR r.last_seq IS NULL AND e.attempt = r.attempt AND e.status IN ('waiting', 'queued')
           OR e.attempt = r.attempt AND EXISTS (SELECT 1 FROM execution_event v WHERE v.execution_id = r.id AND v.last_seq = r.last_seq)`,
      [JSON.stringify(marks)],
    );
    const committed = new Map(rows.map(({ id, status }) => [id, status]));
    for (const { entry, resolve } of batch) {
      const status = committed.get(entry.executionId);
      if (status !== undefined) resolve(entry.suspend && status === 'queued' ? 'requeued' : 'written');
    }
    return batch.filter(({ entry }) => !committed.has(entry.executionId));
  }
}

function settle(batch: readonly Waiting[], written: ReadonlyMap<string, Written>): void {
  for (const { entry, resolve, reject } of batch) {
    const outcome = written.get(entry.executionId);
    if (outcome !== undefined) resolve(outcome);
    else if (entry.accept?.idempotency) reject(new IdempotencyTakenError(entry.accept.idempotency.key));
    else reject(new RunLostError());
  }
}

function sizeOf(entry: JournalEntry): number {
  let size =
    (entry.events?.json.length ?? 0) + (entry.accept?.inputJson.length ?? 0) + (entry.finish?.outputJson?.length ?? 0);
  size += (entry.finish?.errorJson?.length ?? 0) + (entry.accept?.metadataJson?.length ?? 0);
  for (const row of [...entry.steps, ...entry.logs, ...(entry.effects ?? []), ...(entry.waits?.opened ?? [])]) {
    size += row.length;
  }
  for (const { content } of entry.payloads ?? []) size += content.length;
  for (const call of entry.calls ?? []) size += call.length;
  return size;
}

/** Two processes wanted to accept the run that a step waits for; its id was minted with the wait. */
function isAcceptedAlready(error: unknown): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '23505' && constraint === 'execution_pkey';
}

/** The batch was rolled back whole: it may go again. */
const ROLLED_BACK = new Set(['40001', '40P01']);

function mayGoAgain(error: unknown): boolean {
  return isDatabaseAway(error) || ROLLED_BACK.has((error as { code?: string }).code ?? '');
}
