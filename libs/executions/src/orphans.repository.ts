import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import type { ChildToStart } from './child-runs.js';
import { wholeValue } from './payloads/whole-value.js';
import type { WokenRun } from './waits/run-waker.js';

const REASON = 'runs below runs of every organisation';

/** Runs that were started by steps of others, asked for whole processes at once. */
@Injectable()
export class OrphansRepository {
  constructor(private readonly database: OrgDatabase) {}

  /**
   * Asks runs to stop whose parent, or the step in it, has ended without them; those that wait are queued, so that a worker ends them.
   * @param parentId only those of this run
   */
  cancel(limit: number, parentId: string | null = null): Promise<WokenRun[]> {
    return this.database.acrossOrgsStatement(
      REASON,
      `WITH changed AS (
         UPDATE execution e
            SET cancel_requested_at = now(),
                status = CASE e.status WHEN 'waiting' THEN 'queued' ELSE e.status END,
                queued_at = CASE e.status WHEN 'waiting' THEN now() ELSE e.queued_at END
          WHERE e.id IN (
            SELECT c.id FROM execution c JOIN execution p ON p.id = c.parent_id AND p.org_id = c.org_id
             WHERE c.parent_id IS NOT NULL AND c.status IN ('queued', 'running', 'waiting') AND c.cancel_requested_at IS NULL
               AND (p.status IN ('succeeded', 'failed', 'cancelled', 'timed_out')
                    OR EXISTS (SELECT 1 FROM wait w WHERE w.run_id = c.id AND w.kind = 'run' AND w.state = 'void')) AND ($2::uuid IS NULL OR c.parent_id = $2)
             LIMIT $1 FOR NO KEY UPDATE OF c SKIP LOCKED)
         RETURNING e.id, e.org_id, e.attempt, e.status)
       SELECT id, org_id AS "orgId", attempt, status FROM changed`,
      [limit, parentId],
    );
  }

  /** Runs that a step has waited for long enough without anybody having accepted them: their process died in between. */
  findMissing(limit: number, olderThanMs: number): Promise<ChildToStart[]> {
    return this.database.acrossOrgsStatement(
      REASON,
      `SELECT w.id AS "waitId", w.run_id AS "runId", w.org_id AS "orgId", ${wholeValue('w', 'payload', 'w.execution_id')} AS run,
              json_build_object('executionId', p.id, 'path', w.path, 'depth', p.depth, 'createdByUserId', p.created_by_user_id,
                'spending', json_build_object('budgetMicroUsd', p.budget_micro_usd, 'budgetExecutionId', p.budget_execution_id, 'onBudget', p.on_budget)) AS parent
         FROM wait w JOIN execution p ON p.id = w.execution_id AND p.org_id = w.org_id
        WHERE w.state = 'open' AND w.kind = 'run' AND w.created_at < now() - make_interval(secs => $2 / 1000.0)
          AND NOT EXISTS (SELECT 1 FROM execution c WHERE c.id = w.run_id)
        ORDER BY w.id LIMIT $1`,
      [limit, olderThanMs],
    );
  }
}
