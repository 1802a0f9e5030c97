import { Injectable } from '@nestjs/common';
import { OrgContext, OrgDatabase } from '#tenancy';

/** What calls have used together. */
export interface UsageSum {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Of the calls whose price is known. */
  readonly costMicroUsd: number;
  /** Calls whose price is not known: what they cost comes on top. */
  readonly unpricedCalls: number;
}

export interface UsageOfDay extends UsageSum {
  /** `2026-11-21`, UTC. */
  readonly day: string;
}

export interface UsageOfOne extends UsageSum {
  /** Null for what nobody knows any more, such as the model of a call whose process died. */
  readonly id: string | null;
  readonly name: string | null;
}

/** Money of one window, as far as anything was spent or set aside in it. */
export interface WindowRow {
  readonly scope: 'balance' | 'org_day' | 'org_month' | 'user_day';
  readonly creditedMicroUsd: number;
  readonly spentMicroUsd: number;
  readonly reservedMicroUsd: number;
}

/** The most of a kind that is told, dearest first. */
const MOST = 20;

/** What the organisation has used and what its present windows hold. */
@Injectable()
export class UsageReadModel {
  constructor(private readonly database: OrgDatabase) {}

  /** Oldest first; days without a call are left out. */
  byDay(days: number): Promise<UsageOfDay[]> {
    return this.rows(
      `SELECT to_char(u.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, ${SUMS}
         FROM usage_record u WHERE ${RECENT} GROUP BY 1 ORDER BY 1`,
      [days],
    );
  }

  byModel(days: number): Promise<UsageOfOne[]> {
    return this.rows(
      `SELECT u.model AS id, u.model AS name, ${SUMS} FROM usage_record u WHERE ${RECENT} GROUP BY u.model ${DEAREST}`,
      [days],
    );
  }

  byAgent(days: number): Promise<UsageOfOne[]> {
    return this.rows(
      `SELECT u.agent_id AS id, max(a.name) AS name, ${SUMS}
         FROM usage_record u LEFT JOIN agent a ON a.org_id = u.org_id AND a.id = u.agent_id
        WHERE ${RECENT} GROUP BY u.agent_id ${DEAREST}`,
      [days],
    );
  }

  byUser(days: number): Promise<UsageOfOne[]> {
    return this.rows(
      `SELECT u.user_id AS id, max(p.name) AS name, ${SUMS}
         FROM usage_record u LEFT JOIN "user" p ON p.id = u.user_id
        WHERE ${RECENT} GROUP BY u.user_id ${DEAREST}`,
      [days],
    );
  }

  /** The present windows of the organisation and of one person. */
  windows(userId: string): Promise<WindowRow[]> {
    return this.rows(
      `SELECT k.scope, k.credited_micro_usd::float8 AS "creditedMicroUsd", k.spent_micro_usd::float8 AS "spentMicroUsd",
              k.reserved_micro_usd::float8 AS "reservedMicroUsd"
         FROM binding_budgets($1, $2, NULL, (now() AT TIME ZONE 'UTC')::date) b
         JOIN budget k ON k.org_id = $1 AND k.scope = b.scope AND k.subject = b.subject AND k.starts_on = b.starts_on`,
      [userId],
    );
  }

  private rows<R>(sql: string, parameters: unknown[]): Promise<R[]> {
    return this.database.transaction((manager) => manager.query<R[]>(sql, [OrgContext.require(), ...parameters]));
  }
}

const SUMS = `count(*)::int AS calls, coalesce(sum(u.input_tokens), 0)::float8 AS "inputTokens",
  coalesce(sum(u.output_tokens), 0)::float8 AS "outputTokens", coalesce(sum(u.cost_micro_usd), 0)::float8 AS "costMicroUsd",
  (count(*) FILTER (WHERE u.cost_micro_usd IS NULL))::int AS "unpricedCalls"`;

const RECENT = `u.org_id = $1 AND u.created_at >= date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' - make_interval(days => $2::int - 1)`;

const DEAREST = `ORDER BY coalesce(sum(u.cost_micro_usd), 0) DESC, count(*) DESC LIMIT ${MOST}`;
