import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import { type ClaimedDelivery, type DeliveryLimits, DueRows } from '#webhooks';

const REASON = 'callbacks of the runs of every organisation';

/** How many callbacks of runs that go on are looked at in one round; the next one goes on from there. */
const LOOK_AT_ONCE = 1_000;

const NOBODY = '00000000-0000-0000-0000-000000000000';

const ENDED = `e.status IN ('succeeded', 'failed', 'cancelled', 'timed_out')`;

/** A callback that this process may deliver now. */
export interface ClaimedCallback extends ClaimedDelivery {
  readonly executionId: string;
  readonly url: string;
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
  private readonly rows: DueRows<ClaimedCallback>;
  private lookedUpTo = NOBODY;

  constructor(private readonly database: OrgDatabase) {
    this.rows = new DueRows(database, {
      reason: REASON,
      messages: 'callback',
      attempts: 'callback_attempt',
      messageId: 'callback_id',
      columns: 'url',
      keepsAnswers: false,
    });
  }

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

  /** See `DueRows.claim`. */
  claim(limits: DeliveryLimits): Promise<ClaimedCallback[]> {
    return this.rows.claim(limits);
  }

  /** What an attempt has come to, and when the next one is. */
  record(...of: Parameters<DueRows<ClaimedCallback>['record']>): Promise<void> {
    return this.rows.record(...of);
  }
}
