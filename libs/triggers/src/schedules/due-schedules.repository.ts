import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';

/** A schedule whose slot has come, claimed by this process for a while. */
export interface DueSchedule {
  readonly id: string;
  readonly orgId: string;
  readonly agentId: string;
  readonly version: number | null;
  readonly name: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly input: Record<string, unknown>;
  readonly failedCount: number;
  readonly dueSlot: Date;
  /** By the database's clock. */
  readonly now: Date;
}

/** Schedules of every organisation that are due, each handed to one process. */
@Injectable()
export class DueSchedulesRepository {
  constructor(private readonly database: OrgDatabase) {}

  /**
   * A claim is no lock that must be given back: it runs out, and the slot is then fired by whoever comes next, under the
   * same idempotency key.
   */
  claim(limit: number, claimMs: number): Promise<DueSchedule[]> {
    return this.database.acrossOrgsStatement(
      'schedules of every organisation that are due',
      `UPDATE schedule SET claimed_until = now() + make_interval(secs => $2 / 1000.0)
        WHERE id IN (SELECT id FROM schedule
                      WHERE enabled AND next_at <= now() AND (claimed_until IS NULL OR claimed_until < now())
                      ORDER BY next_at LIMIT $1 FOR UPDATE SKIP LOCKED)
        RETURNING id, org_id AS "orgId", agent_id AS "agentId", version, name, cron, time_zone AS "timeZone", input,
                  failed_count AS "failedCount", next_at AS "dueSlot", now() AS "now"`,
      [limit, claimMs],
    );
  }
}
