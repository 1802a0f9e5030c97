import { AgentVersions } from '#agents';
import { type Failure, RunAborted } from '#kernel';
import { Injectable } from '@nestjs/common';
import { ActiveRuns } from './active-runs.js';
import { ExecutionEventsRepository } from './execution-events.repository.js';
import { ExecutionRunner } from './execution-runner.js';
import { ExecutionStepsRepository } from './execution-steps.repository.js';
import type { Execution } from './execution.entity.js';
import { ExecutionsRepository } from './executions.repository.js';
import { MAX_ATTEMPTS } from './leases.repository.js';

/** Takes runs from the queue into this process: claims the row, reads what earlier attempts finished, goes on from there. */
@Injectable()
export class ExecutionTakeover {
  constructor(
    private readonly executions: ExecutionsRepository,
    private readonly steps: ExecutionStepsRepository,
    private readonly events: ExecutionEventsRepository,
    private readonly agentVersions: AgentVersions,
    private readonly runner: ExecutionRunner,
    private readonly activeRuns: ActiveRuns,
  ) {}

  /** Resolves when this process is done with the run. False when there was nothing to take. Must be called inside the organisation. */
  async take(executionId: string): Promise<boolean> {
    const execution = await this.executions.claim(executionId, this.activeRuns.processId, this.activeRuns.leaseMs);
    if (!execution) return false;
    const resumed = execution.attempt > 1 || execution.retryOf !== null;
    const [plan, recorded, state] = [
      await this.agentVersions.planByVersionId(execution.versionId),
      resumed ? await this.steps.findRecords(executionId) : undefined,
      resumed ? await this.events.findState(executionId) : null,
    ];
    const { session, ended } = this.runner.start({
      executionId,
      orgId: execution.orgId,
      agentId: execution.agentId,
      version: execution.version,
      attempt: execution.attempt,
      input: execution.input,
      plan,
      acceptedAt: execution.createdAt.getTime(),
      lastSeq: state?.lastSeq,
      recorded,
    });
    const hopeless = reasonToEnd(execution);
    if (hopeless) session.abort(new RunAborted(hopeless));
    await ended;
    return true;
  }
}

/** Why a run ends instead of going on, if so. */
function reasonToEnd(execution: Execution): Failure | null {
  if (execution.cancelRequestedAt !== null) {
    return { code: 'run.cancelled', message: 'The run was cancelled.', retryable: false };
  }
  if (execution.attempt > MAX_ATTEMPTS) {
    return {
      code: 'run.too_many_attempts',
      message: `The run lost its process ${MAX_ATTEMPTS} times, so it is probably what stops them. Look at the step that was running last.`,
      retryable: false,
    };
  }
  return null;
}
