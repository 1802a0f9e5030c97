import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import type { Execution } from '../execution.entity.js';
import { wholeValue } from '../payloads/whole-value.js';

/** A run that is now this process's: what taking it up asks of its row. */
export type ClaimedRun = Pick<
  Execution,
  | 'id'
  | 'orgId'
  | 'agentId'
  | 'version'
  | 'versionId'
  | 'attempt'
  | 'wakes'
  | 'trigger'
  | 'input'
  | 'retryOf'
  | 'parentId'
  | 'depth'
  | 'lostCount'
  | 'cancelRequestedAt'
  | 'createdByUserId'
  | 'budgetMicroUsd'
  | 'budgetExecutionId'
  | 'onBudget'
  | 'createdAt'
  | 'queuedAt'
>;

const REASON = 'whose run goes next, over every organisation';

/** Takes queued runs, fairly over the organisations; see the migration that makes `claim_queued_runs`. */
@Injectable()
export class ClaimsRepository {
  constructor(private readonly database: OrgDatabase) {}

  /** Up to `wanted` runs whose turn it is, claimed for `owner`. */
  claim(wanted: number, owner: string, leaseMs: number, orgLimit: number): Promise<ClaimedRun[]> {
    return this.database.acrossOrgsStatement(
      REASON,
      `SELECT id, org_id AS "orgId", agent_id AS "agentId", version, version_id AS "versionId", attempt, wakes, trigger, ${wholeValue('e', 'input', 'e.id')} AS input,
              retry_of AS "retryOf", parent_id AS "parentId", depth, lost_count AS "lostCount",
              cancel_requested_at AS "cancelRequestedAt", created_by_user_id AS "createdByUserId", created_at AS "createdAt", queued_at AS "queuedAt",
              budget_micro_usd::float8 AS "budgetMicroUsd", budget_execution_id AS "budgetExecutionId", on_budget AS "onBudget"
         FROM claim_queued_runs($1, $2, $3, $4) AS e`,
      [wanted, owner, leaseMs, orgLimit],
    );
  }

  /** Whether any run waits for a worker, be it that it may not start yet. */
  async hasQueued(): Promise<boolean> {
    const [row] = await this.database.acrossOrgsStatement<{ found: boolean }>(
      REASON,
      `SELECT EXISTS (SELECT 1 FROM execution WHERE status = 'queued') AS found`,
      [],
    );
    return row?.found === true;
  }

  /** Open runs by organisation. */
  countOpen(): Promise<{ orgId: string; queued: number; running: number }[]> {
    return this.database.acrossOrgsStatement(
      REASON,
      `SELECT org_id AS "orgId", (count(*) FILTER (WHERE status = 'queued'))::int AS queued,
              (count(*) FILTER (WHERE status = 'running'))::int AS running
         FROM execution WHERE status IN ('queued', 'running') GROUP BY org_id`,
      [],
    );
  }
}
