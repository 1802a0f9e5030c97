import { Injectable } from '@nestjs/common';
import { conflict } from '#platform/errors';
import { OrgContext, OrgDatabase } from '#tenancy';
import { alreadyFinished, executionNotFound } from '../executions.errors.js';
import { type ExecutionStatus, isFinal } from '../execution-status.js';

/** Changes what a run may spend while it goes on; when it waits for that, it looks again within a second. */
@Injectable()
export class RunBudgetService {
  constructor(private readonly database: OrgDatabase) {}

  /**
   * @param budgetMicroUsd counts from the run's beginning, with all runs that it has started
   * @throws AppError not found · already finished · execution.shared_budget for a run that draws from another one's
   */
  async set(executionId: string, budgetMicroUsd: number): Promise<void> {
    const orgId = OrgContext.require();
    await this.database.transaction(async (manager) => {
      const [run] = await manager.query<{ status: ExecutionStatus; root: string | null }[]>(
        `SELECT status, budget_execution_id AS root FROM execution WHERE org_id = $1 AND id = $2 FOR NO KEY UPDATE`,
        [orgId, executionId],
      );
      if (!run) throw executionNotFound();
      if (isFinal(run.status)) throw alreadyFinished();
      if (run.root !== null) throw sharedBudget(run.root);
      await manager.query(`UPDATE execution SET budget_micro_usd = $3 WHERE org_id = $1 AND id = $2`, [
        orgId,
        executionId,
        budgetMicroUsd,
      ]);
      await manager.query(
        `INSERT INTO budget (org_id, scope, subject, starts_on, limit_micro_usd) VALUES ($1, 'run', $2, '1970-01-01', $3)
         ON CONFLICT (org_id, scope, subject, starts_on) DO UPDATE SET limit_micro_usd = $3`,
        [orgId, executionId, budgetMicroUsd],
      );
    });
  }
}

function sharedBudget(root: string): Error {
  return conflict(
    'execution.shared_budget',
    `This run draws from the budget of the run that has started it all, ${root}. Change that one's.`,
  );
}
