import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import type { CallbackAnswer, CallbackOutcome } from './callback-outcome.js';

const REASON = 'callbacks of the runs of every organisation';

/** How many callbacks of runs that go on are looked at in one round; the next one goes on from there. */
const LOOK_AT_ONCE = 1_000;

/** Among how many that are due the fair ones are chosen. */
const CHOOSE_AMONG = 500;

/** Longer than a delivery can take: afterwards the process that had it is believed dead and another one tries. */
const LEASE_MS = 30_000;

const NOBODY = '00000000-0000-0000-0000-000000000000';

const ENDED = `e.status IN ('succeeded', 'failed', 'cancelled', 'timed_out')`;

/** A callback that this process may deliver now. */
export interface ClaimedCallback {
  readonly id: string;
  readonly orgId: string;
  readonly executionId: string;
  readonly url: string;
  readonly origin: string;
  /** The fence: what a later attempt has found out is not overwritten by an earlier one. */
  readonly attempt: number;
}

/** How many deliveries are under way and may be. */
export interface DeliveryLimits {
  readonly wanted: number;
  readonly perOrigin: number;
  readonly perOrg: number;
  readonly busyOrigins: ReadonlyMap<string, number>;
  readonly busyOrgs: ReadonlyMap<string, number>;
}

export interface NoticedEnds {
  /** Whether callbacks wait for runs to end. */
  readonly areWaiting: boolean;
  /** Whether any is due. */
  readonly areDue: boolean;
}

/** Callbacks by the database's clock, for a whole process at once. */
@Injectable()
export class DueCallbacksRepository {
  private lookedUpTo = NOBODY;

  constructor(private readonly database: OrgDatabase) {}

  /** Makes callbacks due whose run has ended, some at a time, in turn. */
  async noticeEnds(): Promise<NoticedEnds> {
    const [row] = await this.database.acrossOrgsStatement<NoticedEnds & { looked: number; lastId: string | null }>(
      REASON,
      `WITH looked AS (
         SELECT id, execution_id FROM callback WHERE state = 'armed' AND next_at IS NULL AND id > $1 ORDER BY id LIMIT ${LOOK_AT_ONCE}
       ), ended AS (
         SELECT c.id FROM callback c JOIN looked ON looked.id = c.id JOIN execution e ON e.id = looked.execution_id AND ${ENDED}
          WHERE c.next_at IS NULL AND c.state = 'armed' FOR NO KEY UPDATE OF c SKIP LOCKED
       ), due AS (
         UPDATE callback c SET next_at = now() FROM ended WHERE c.id = ended.id RETURNING c.id
       )
       SELECT (SELECT count(*)::int FROM looked) AS looked, (SELECT id FROM looked ORDER BY id DESC LIMIT 1) AS "lastId",
              EXISTS (SELECT 1 FROM callback WHERE state = 'armed' AND next_at IS NULL) AS "areWaiting",
              EXISTS (SELECT 1 FROM due) OR EXISTS (SELECT 1 FROM callback WHERE state = 'armed' AND next_at <= now()) AS "areDue"`,
      [this.lookedUpTo],
    );
    this.lookedUpTo = row?.looked === LOOK_AT_ONCE ? (row.lastId ?? NOBODY) : NOBODY;
    return { areWaiting: row?.areWaiting ?? false, areDue: row?.areDue ?? false };
  }

  /** Makes those of these runs due. @returns whether there were any */
  async noticeEndsOf(executionIds: readonly string[]): Promise<boolean> {
    const rows = await this.database.acrossOrgsStatement(
      REASON,
      `WITH ended AS (
         SELECT c.id FROM callback c JOIN execution e ON e.id = c.execution_id AND ${ENDED}
          WHERE c.execution_id = ANY($1::uuid[]) AND c.next_at IS NULL AND c.state = 'armed' FOR NO KEY UPDATE OF c SKIP LOCKED
       )
       UPDATE callback c SET next_at = now() FROM ended WHERE c.id = ended.id RETURNING c.id`,
      [executionIds],
    );
    return rows.length > 0;
  }

  /**
   * Takes what is due for a while, so that nobody else delivers it, and enters the attempt into the log. Of each origin
   * and organisation only as many as may be under way: a slow one is passed over and holds nobody up.
   */
  claim({ wanted, perOrigin, perOrg, busyOrigins, busyOrgs }: DeliveryLimits): Promise<ClaimedCallback[]> {
    return this.database.acrossOrgsStatement<ClaimedCallback>(
      REASON,
      `WITH due AS (
         SELECT c.id, c.origin, c.org_id, c.next_at, coalesce(o.busy, 0) AS of_origin, coalesce(g.busy, 0) AS of_org
           FROM callback c
           LEFT JOIN json_to_recordset($4::json) AS o(name text, busy int) ON o.name = c.origin
           LEFT JOIN json_to_recordset($5::json) AS g(name uuid, busy int) ON g.name = c.org_id
          WHERE c.state = 'armed' AND c.next_at <= now() AND coalesce(o.busy, 0) < $2 AND coalesce(g.busy, 0) < $3
          ORDER BY c.next_at LIMIT ${CHOOSE_AMONG}
       ), placed AS (
         SELECT id, next_at, of_origin + row_number() OVER (PARTITION BY origin ORDER BY next_at, id) AS of_origin,
                of_org + row_number() OVER (PARTITION BY org_id ORDER BY next_at, id) AS of_org
           FROM due
       ), mine AS (
         SELECT c.id FROM callback c JOIN placed p ON p.id = c.id
          WHERE p.of_origin <= $2 AND p.of_org <= $3 AND c.state = 'armed' AND c.next_at <= now()
          ORDER BY p.next_at LIMIT $1 FOR NO KEY UPDATE OF c SKIP LOCKED
       ), claimed AS (
         UPDATE callback c SET attempts = c.attempts + 1, next_at = now() + make_interval(secs => ${LEASE_MS} / 1000.0)
           FROM mine WHERE c.id = mine.id
         RETURNING c.id, c.org_id, c.execution_id, c.url, c.origin, c.attempts
       ), logged AS (
         INSERT INTO callback_attempt (callback_id, number, org_id) SELECT id, attempts, org_id FROM claimed
       )
       SELECT id, org_id AS "orgId", execution_id AS "executionId", url, origin, attempts AS attempt FROM claimed`,
      [wanted, perOrigin, perOrg, named(busyOrigins), named(busyOrgs)],
    );
  }

  async record(
    { id, attempt }: ClaimedCallback,
    { status, error }: CallbackAnswer,
    { state, waitMs }: CallbackOutcome,
    durationMs: number,
  ): Promise<void> {
    await this.database.acrossOrgsStatement(
      REASON,
      `WITH logged AS (
         UPDATE callback_attempt SET status = $3, error = $4, duration_ms = $5 WHERE callback_id = $1 AND number = $2
       )
       UPDATE callback SET state = $6, last_status = $3, last_error = $4, next_at = now() + make_interval(secs => $7 / 1000.0),
              delivered_at = CASE WHEN $6 = 'delivered' THEN now() ELSE delivered_at END
        WHERE id = $1 AND state = 'armed' AND (attempts = $2 OR $6 = 'delivered')`,
      [id, attempt, status, error, durationMs, state, waitMs],
    );
  }
}

function named(counts: ReadonlyMap<string, number>): string {
  return JSON.stringify([...counts].map(([name, busy]) => ({ name, busy })));
}
