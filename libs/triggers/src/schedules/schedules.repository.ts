import { Injectable } from '@nestjs/common';
import { isId } from '#platform/ids';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import type { TriggerFailure } from '../trigger-failure.js';
import { Schedule } from './schedule.entity.js';

/** What people say of a schedule. */
export type ScheduleValues = Pick<
  Schedule,
  'agentId' | 'version' | 'name' | 'cron' | 'timeZone' | 'input' | 'enabled' | 'nextAt' | 'createdByUserId'
>;

/** What became of a due slot. */
export interface SlotOutcome {
  /** The slot that was due when the schedule was claimed; a schedule that was changed since keeps its new one. */
  readonly dueSlot: Date;
  /** The slot that was fired for it: the same one, or the latest of those that were missed. */
  readonly slot: Date;
  readonly nextAt: Date | null;
  readonly executionId: string | null;
  readonly failure: TriggerFailure | null;
  /** Whether the schedule pauses itself. */
  readonly pause: boolean;
}

@Injectable()
export class SchedulesRepository extends OrgScopedRepository<Schedule> {
  constructor(database: OrgDatabase) {
    super(database, Schedule);
  }

  find(id: string): Promise<Schedule | null> {
    return isId(id) ? this.findFirst({ id }) : Promise.resolve(null);
  }

  /** Whoever wants to change the same schedule waits until the open transaction has ended. */
  async lock(id: string): Promise<Schedule | null> {
    if (!isId(id)) return null;
    return this.select('schedule', (query) =>
      query.andWhere('schedule.id = :id', { id }).setLock('pessimistic_write').getOne(),
    );
  }

  /** How many there are; nobody adds one until the open transaction has ended. */
  async countToAdd(): Promise<number> {
    await this.statement(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`schedules:${this.filter()}`]);
    return this.countRows();
  }

  /** The database's clock, by which slots come due in every process. */
  async now(): Promise<Date> {
    const [row] = await this.statement<{ now: Date }>('SELECT clock_timestamp() AS now');
    return row?.now ?? new Date();
  }

  add(values: ScheduleValues): Promise<Schedule> {
    return this.insertRow({ ...values, failedCount: 0 });
  }

  async change(id: string, values: Partial<ScheduleValues>): Promise<void> {
    const { input, ...others } = values;
    await this.updateRows(
      { id },
      {
        ...others,
        ...(input && { input: input as object }),
        failure: null,
        failedCount: 0,
        missedFrom: null,
        claimedUntil: null,
        updatedAt: () => 'now()',
      },
    );
  }

  /** @returns whether there was such a schedule */
  async remove(id: string): Promise<boolean> {
    return isId(id) && (await this.deleteRows({ id })) > 0;
  }

  /** The run that a slot has started, also when its idempotency key has long expired. */
  async findRunOfSlot(id: string, slot: Date): Promise<string | null> {
    const [run] = await this.statement<{ id: string }>(
      `SELECT id FROM execution WHERE org_id = $1 AND trigger_id = $2 AND trigger = 'schedule' AND metadata ->> 'slot' = $3 LIMIT 1`,
      [this.filter(), id, slot.toISOString()],
    );
    return run?.id ?? null;
  }

  /** Writes down what became of a due slot and gives the schedule back. */
  async recordSlot(id: string, outcome: SlotOutcome): Promise<void> {
    const { dueSlot, slot, nextAt, executionId, failure, pause } = outcome;
    await this.statement(
      `UPDATE schedule SET last_at = $3, last_execution_id = coalesce($4, last_execution_id), failure = $5,
              failed_count = CASE WHEN $5::json IS NULL THEN 0 ELSE failed_count + 1 END,
              missed_from = $6, claimed_until = NULL, enabled = enabled AND NOT $9,
              next_at = CASE WHEN $9 THEN NULL WHEN next_at = $7 THEN $8 ELSE next_at END
        WHERE org_id = $1 AND id = $2`,
      [
        this.filter(),
        id,
        slot,
        executionId,
        failure && JSON.stringify(failure),
        slot > dueSlot ? dueSlot : null,
        dueSlot,
        nextAt,
        pause,
      ],
    );
  }

  /** Keeps the slot due: it is tried again once the claim has run out. */
  async recordDelay(id: string, failure: TriggerFailure, retryMs: number): Promise<void> {
    await this.statement(
      `UPDATE schedule SET failure = $3, claimed_until = now() + make_interval(secs => $4 / 1000.0)
        WHERE org_id = $1 AND id = $2 AND claimed_until IS NOT NULL`,
      [this.filter(), id, JSON.stringify(failure), retryMs],
    );
  }
}
