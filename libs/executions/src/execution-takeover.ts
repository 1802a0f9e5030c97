import { AgentVersions } from '#agents';
import { type Plan, RunAborted } from '#kernel';
import { Injectable } from '@nestjs/common';
import { AppError } from '#platform/errors';
import { ActiveRuns } from './active-runs.js';
import { conversationVars } from './conversation-vars.js';
import type { ClaimedRun } from './dispatch/claims.repository.js';
import { type Attempt, ExecutionRunner, type RunningAttempt } from './execution-runner.js';
import { ExecutionsRepository } from './executions.repository.js';
import { LeasesRepository, MAX_BEGUN, MAX_LOST } from './leases.repository.js';
import { ResumedRuns } from './resumed-runs.js';
import { spendingOf } from './spending/run-spending.js';

/** Takes runs from the queue into this process: claims the row, reads what earlier attempts finished, goes on from there. */
@Injectable()
export class ExecutionTakeover {
  constructor(
    private readonly executions: ExecutionsRepository,
    private readonly resumedRuns: ResumedRuns,
    private readonly agentVersions: AgentVersions,
    private readonly runner: ExecutionRunner,
    private readonly activeRuns: ActiveRuns,
    private readonly leases: LeasesRepository,
  ) {}

  /**
   * Resolves when this process is done with the run. False when there was nothing to take. Must be called inside the organisation.
   * @param evenWaiting also a run that waits, in order to end it
   * @throws what kept this process from going on; the run is back in the queue then
   */
  async take(executionId: string, evenWaiting = false): Promise<boolean> {
    const { processId, leaseMs } = this.activeRuns;
    const execution = await this.executions.claim(executionId, processId, leaseMs, evenWaiting);
    if (!execution) return false;
    const { ended } = await this.begin(execution);
    await ended;
    return true;
  }

  /**
   * Goes on with a run that this process has claimed. Must be called inside the organisation.
   * @throws what kept this process from going on; the run is back in the queue then
   */
  async begin(execution: ClaimedRun): Promise<RunningAttempt> {
    let attempt: Attempt;
    try {
      attempt = await this.prepare(execution);
    } catch (error) {
      // When that fails too, the lease ends by itself.
      await this.leases.release([execution]).catch(() => undefined);
      throw error;
    }
    return this.runner.start(attempt);
  }

  private async prepare(execution: ClaimedRun): Promise<Attempt> {
    const { id, attempt, retryOf } = execution;
    const resumed = attempt > 1 || retryOf !== null;
    const plan = reasonToEnd(execution) ?? (await this.planOf(execution));
    return {
      executionId: id,
      orgId: execution.orgId,
      agentId: execution.agentId,
      version: execution.version,
      attempt,
      input: execution.input,
      plan,
      acceptedAt: execution.createdAt.getTime(),
      queuedAt: execution.queuedAt,
      parentId: execution.parentId,
      depth: execution.depth,
      createdByUserId: execution.createdByUserId,
      spending: spendingOf(execution),
      vars: conversationVars(execution.trigger, execution.input),
      ...(resumed && (await this.resumedRuns.load(id))),
    };
  }

  /** A version that cannot run today cannot run tomorrow either: its run ends and says why. */
  private async planOf({ versionId }: ClaimedRun): Promise<Plan | RunAborted> {
    try {
      return await this.agentVersions.planByVersionId(versionId);
    } catch (error) {
      if (!(error instanceof AppError) || error.retryable) throw error;
      return new RunAborted({ code: error.code, message: error.message, retryable: false });
    }
  }
}

/** Why a run ends instead of going on, if so. */
function reasonToEnd(execution: ClaimedRun): RunAborted | null {
  if (execution.cancelRequestedAt !== null) {
    return new RunAborted({ code: 'run.cancelled', message: 'The run was cancelled.', retryable: false });
  }
  if (execution.lostCount >= MAX_LOST) {
    return new RunAborted({
      code: 'run.too_many_attempts',
      message: `The run lost its process ${MAX_LOST} times, so it is probably what stops them. Look at the step that was running last.`,
      retryable: false,
    });
  }
  if (execution.attempt - execution.wakes > MAX_BEGUN) {
    return new RunAborted({
      code: 'run.too_many_attempts',
      message: `The run was begun ${MAX_BEGUN} times and never came to its end. Look at the step that was running last, and at how busy the processes are.`,
      retryable: false,
    });
  }
  return null;
}
