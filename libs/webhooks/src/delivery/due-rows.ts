import type { OrgDatabase } from '#tenancy';
import type { DeliveryAnswer, DeliveryOutcome } from './delivery-outcome.js';

/** Among how many that are due the fair ones are chosen. */
const CHOOSE_AMONG = 500;

/** Longer than a delivery can take: afterwards the process that had it is believed dead and another one tries. */
const LEASE_MS = 30_000;

/** A message that this process may deliver now. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly orgId: string;
  /** Of the address. */
  readonly origin: string;
  /** The fence: what a later attempt has found out is not overwritten by an earlier one. From 1. */
  readonly attempt: number;
  /** For log lines; null when no run is told of. */
  readonly executionId: string | null;
}

/** How many deliveries are under way and may be. */
export interface DeliveryLimits {
  readonly wanted: number;
  readonly perOrigin: number;
  readonly perOrg: number;
  readonly busyOrigins: ReadonlyMap<string, number>;
  readonly busyOrgs: ReadonlyMap<string, number>;
}

/** Where messages of one sort lie. Words of our own code, never of a caller: they become SQL. */
export interface DeliveryTables {
  /** For `acrossOrgs`. */
  readonly reason: string;
  /**
   * Table with `id`, `org_id`, `execution_id`, `origin`, `state`, `attempts`, `next_at`, `last_status`, `last_error`,
   * `delivered_at` and an index over `next_at` of those that are armed.
   */
  readonly messages: string;
  /** Table with a row per attempt: `number`, `org_id`, `at`, `status`, `error`, `duration_ms`. */
  readonly attempts: string;
  /** Column of `attempts` that names the message. */
  readonly messageId: string;
  /** Further columns of a claimed message, as they are selected. */
  readonly columns: string;
  /** Whether `attempts` has a column `answer` for what the receiver said. */
  readonly keepsAnswers: boolean;
}

/** Messages that are due by the database's clock, for a whole process at once. */
export class DueRows<C extends ClaimedDelivery> {
  private readonly claimText: string;
  private readonly recordText: string;

  constructor(
    private readonly database: OrgDatabase,
    private readonly tables: DeliveryTables,
  ) {
    this.claimText = claimText(tables);
    this.recordText = recordText(tables);
  }

  /**
   * Takes what is due for a while, so that nobody else delivers it, and enters the attempt into the log. Of each origin
   * and organisation only as many as may be under way: a slow one is passed over and holds nobody up.
   */
  claim({ wanted, perOrigin, perOrg, busyOrigins, busyOrgs }: DeliveryLimits): Promise<C[]> {
    const parameters = [wanted, perOrigin, perOrg, named(busyOrigins), named(busyOrgs)];
    return this.database.acrossOrgsStatement<C>(this.tables.reason, this.claimText, parameters);
  }

  async record(
    { id, attempt }: ClaimedDelivery,
    { status, error, excerpt = null }: DeliveryAnswer,
    { state, waitMs }: DeliveryOutcome,
    durationMs: number,
  ): Promise<void> {
    const parameters = [id, attempt, status, error, durationMs, state, waitMs];
    if (this.tables.keepsAnswers) parameters.push(excerpt);
    await this.database.acrossOrgsStatement(this.tables.reason, this.recordText, parameters);
  }
}

function claimText({ messages, attempts, messageId, columns }: DeliveryTables): string {
  return `WITH due AS (
         SELECT c.id, c.origin, c.org_id, c.next_at, coalesce(o.busy, 0) AS of_origin, coalesce(g.busy, 0) AS of_org
           FROM ${messages} c
           LEFT JOIN json_to_recordset($4::json) AS o(name text, busy int) ON o.name = c.origin
           LEFT JOIN json_to_recordset($5::json) AS g(name uuid, busy int) ON g.name = c.org_id
          WHERE c.state = 'armed' AND c.next_at <= now() AND coalesce(o.busy, 0) < $2 AND coalesce(g.busy, 0) < $3
          ORDER BY c.next_at LIMIT ${CHOOSE_AMONG}
       ), placed AS (
         SELECT id, next_at, of_origin + row_number() OVER (PARTITION BY origin ORDER BY next_at, id) AS of_origin,
                of_org + row_number() OVER (PARTITION BY org_id ORDER BY next_at, id) AS of_org
           FROM due
       ), mine AS (
         SELECT c.id FROM ${messages} c JOIN placed p ON p.id = c.id
          WHERE p.of_origin <= $2 AND p.of_org <= $3 AND c.state = 'armed' AND c.next_at <= now()
          ORDER BY p.next_at LIMIT $1 FOR NO KEY UPDATE OF c SKIP LOCKED
       ), claimed AS (
         UPDATE ${messages} c SET attempts = c.attempts + 1, next_at = now() + make_interval(secs => ${LEASE_MS} / 1000.0)
           FROM mine WHERE c.id = mine.id
         RETURNING c.*
       ), logged AS (
         INSERT INTO ${attempts} (${messageId}, number, org_id) SELECT id, attempts, org_id FROM claimed
       )
       SELECT id, org_id AS "orgId", execution_id AS "executionId", origin, attempts AS attempt, ${columns} FROM claimed`;
}

function recordText({ messages, attempts, messageId, keepsAnswers }: DeliveryTables): string {
  return `WITH logged AS (
         UPDATE ${attempts} SET status = $3, error = $4, duration_ms = $5${keepsAnswers ? ', answer = $8' : ''}
          WHERE ${messageId} = $1 AND number = $2
       )
       UPDATE ${messages} SET state = $6, last_status = $3, last_error = $4, next_at = now() + make_interval(secs => $7 / 1000.0),
              delivered_at = CASE WHEN $6 = 'delivered' THEN now() ELSE delivered_at END
        WHERE id = $1 AND state = 'armed' AND (attempts = $2 OR $6 = 'delivered')`;
}

function named(counts: ReadonlyMap<string, number>): string {
  return JSON.stringify([...counts].map(([name, busy]) => ({ name, busy })));
}
