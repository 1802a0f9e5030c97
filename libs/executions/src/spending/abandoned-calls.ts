import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';

/** Bounds one round; the next one goes on. */
const ROUND_LIMIT = 500;

/**
 * Reservations whose process is gone: their run has ended or waits, or another attempt has it. The provider may have been
 * asked, so each is settled at what was set aside, the most that the call can have cost, and its usage record says that
 * this is an estimate; see docs/decisions/0012.
 */
@Injectable()
export class AbandonedCalls {
  constructor(private readonly database: OrgDatabase) {}

  /**
   * One round. Rounds of several processes do not harm each other.
   * @param olderThanMs whoever made the call, if it still lives, has had so long to say what it cost
   * @returns how many were settled
   */
  async settle(olderThanMs: number): Promise<number> {
    const [row] = await this.database.acrossOrgsStatement<{ closed: number }>(
      'model calls of lost processes of every organisation',
      STATEMENT,
      [ROUND_LIMIT, olderThanMs],
    );
    return row?.closed ?? 0;
  }
}

const STATEMENT = `
WITH abandoned AS (
  SELECT r.id, r.org_id, r.execution_id, r.user_id, r.amount_micro_usd, e.agent_id
    FROM reservation r LEFT JOIN execution e ON e.id = r.execution_id
   WHERE r.state = 'open' AND r.created_at < now() - make_interval(secs => $2 / 1000.0)
     AND (e.id IS NULL OR e.status <> 'running' OR e.attempt <> r.attempt)
   ORDER BY r.id LIMIT $1 FOR NO KEY UPDATE OF r SKIP LOCKED
), used AS (
  INSERT INTO usage_record (id, org_id, execution_id, agent_id, user_id, cost_micro_usd, usage_flag)
  SELECT id, org_id, execution_id, agent_id, user_id, amount_micro_usd, 'estimated' FROM abandoned
  ON CONFLICT (id) DO NOTHING
)
SELECT settle_reservations((
  SELECT coalesce(json_agg(json_build_object('id', id, 'amount', amount_micro_usd)), '[]') FROM abandoned)) AS closed`;
