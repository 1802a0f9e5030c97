import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';

/** A run and the attempt at it that the caller believes to be the present one. */
export interface LeaseHolder {
  readonly id: string;
  readonly attempt: number;
}

export interface OpenRun {
  readonly id: string;
  readonly orgId: string;
  readonly attempt: number;
}

/** Runs that stopped their process this many times are ended instead of started again. */
export const MAX_LOST = 5;
/** So are those that were begun this many times more often than they were woken, whatever became of their processes. */
export const MAX_BEGUN = 100;

/** A lease that is still the caller's. */
export interface HeldLease {
  readonly id: string;
  readonly cancelRequested: boolean;
  /** How many answers the run has been given. */
  readonly wakes: number;
}

/** Back into the queue after its process fell silent. */
const LOST = `status = 'queued', queued_at = now(), lost_count = lost_count + 1, lease_owner = NULL, lease_expires_at = NULL`;

const REASON = 'leases of the runs of every organisation';

/** Who works on what, by the database's clock. Serves a whole process at once, whatever organisations its runs belong to. */
@Injectable()
export class LeasesRepository {
  constructor(private readonly database: OrgDatabase) {}

  /** @returns the leases that are still the caller's */
  renew(held: readonly LeaseHolder[], leaseMs: number): Promise<HeldLease[]> {
    return this.changeHeld<HeldLease>(
      `lease_expires_at = now() + make_interval(secs => $2 / 1000.0)`,
      `e.id, e.wakes, e.cancel_requested_at IS NOT NULL AS "cancelRequested"`,
      held,
      [leaseMs],
    );
  }

  /** Gives runs back to the queue, unfinished, for another process to go on with at once. */
  async release(held: readonly LeaseHolder[]): Promise<void> {
    await this.changeHeld(
      `status = 'queued', queued_at = now(), lease_owner = NULL, lease_expires_at = NULL`,
      'e.id',
      held,
      [],
    );
  }

  /**
   * Takes back what `expire` has counted against these runs: the process that had them is alive, it was only slow, so they did not stop it.
   * Rows that somebody is writing at this moment are left as they are.
   */
  async forgive(held: readonly LeaseHolder[]): Promise<void> {
    await this.database.acrossOrgsStatement(
      REASON,
      `WITH known AS (
         SELECT e.id FROM json_to_recordset($1::json) AS r(id uuid, attempt int)
           JOIN execution e ON e.id = r.id AND (e.attempt > r.attempt OR e.status = 'queued')
          WHERE e.lost_count > 0 AND e.status IN ('queued', 'running', 'waiting')
            FOR NO KEY UPDATE OF e SKIP LOCKED)
       UPDATE execution e SET lost_count = e.lost_count - 1 FROM known WHERE e.id = known.id RETURNING e.id`,
      [JSON.stringify(held)],
    );
  }

  /** Puts runs whose process has fallen silent back into the queue. @returns them, to be knocked for */
  expire(limit: number): Promise<OpenRun[]> {
    return this.database.acrossOrgsStatement<OpenRun>(
      REASON,
      `UPDATE execution SET ${LOST}
        WHERE id IN (SELECT id FROM execution WHERE status = 'running' AND lease_expires_at < now()
                      ORDER BY lease_expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)
        RETURNING id, org_id AS "orgId", attempt`,
      [limit],
    );
  }

  /** Accepted runs that have waited for longer than a healthy queue lets them, oldest first. */
  findOverdue(limit: number, olderThanMs: number): Promise<OpenRun[]> {
    return this.database.acrossOrgsStatement(
      REASON,
      `SELECT id, org_id AS "orgId", attempt FROM execution
        WHERE status = 'queued' AND queued_at < now() - make_interval(secs => $2 / 1000.0)
        ORDER BY queued_at LIMIT $1`,
      [limit, olderThanMs],
    );
  }

  /** At start: the embedded database has one process, this one, so whatever is leased was left behind. @returns how many */
  async expireLeftBehind(): Promise<number> {
    if (!this.database.embedded) return 0;
    const rows = await this.database.acrossOrgsStatement<{ id: string }>(
      REASON,
      `UPDATE execution SET ${LOST} WHERE status = 'running' RETURNING id`,
      [],
    );
    return rows.length;
  }

  async deleteExpiredIdempotencyKeys(): Promise<void> {
    await this.database.acrossOrgsStatement(
      'idempotency keys end after 24 hours',
      `DELETE FROM idempotency_key WHERE expires_at < now()`,
      [],
    );
  }

  /**
   * Whoever holds one row while waiting for another may wait in a circle with the journal, which locks many runs in an
   * order of its own. So rows that it is writing at this moment are left out of the common statement and get one each.
   */
  private async changeHeld<R extends { id: string }>(
    change: string,
    returning: string,
    held: readonly LeaseHolder[],
    more: readonly unknown[],
  ): Promise<R[]> {
    const statement = (some: readonly LeaseHolder[], locking: string): Promise<R[]> =>
      this.database.acrossOrgsStatement<R>(
        REASON,
        `WITH mine AS (
           SELECT e.id FROM json_to_recordset($1::json) AS r(id uuid, attempt int)
             JOIN execution e ON e.id = r.id AND e.attempt = r.attempt AND e.status = 'running'
              FOR NO KEY UPDATE OF e ${locking})
         UPDATE execution e SET ${change} FROM mine WHERE e.id = mine.id RETURNING ${returning}`,
        [JSON.stringify(some), ...more],
      );
    const changed = await statement(held, 'SKIP LOCKED');
    const done = new Set(changed.map(({ id }) => id));
    for (const one of held) if (!done.has(one.id)) changed.push(...(await statement([one], '')));
    return changed;
  }
}
