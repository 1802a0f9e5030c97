import { Inject } from '@nestjs/common';
import type { Job, WorkQueue } from '#platform/queue';

/** Knocks for one attempt at one run. */
export interface ExecutionJob extends Job {
  readonly executionId: string;
}

export type ExecutionsQueue = WorkQueue<ExecutionJob>;

export const EXECUTIONS_QUEUE = 'executions';

export const EXECUTIONS_QUEUE_TOKEN = Symbol('executions-queue');

export const InjectExecutionsQueue = (): ParameterDecorator => Inject(EXECUTIONS_QUEUE_TOKEN);

/**
 * The job id names the attempt, so that a run which lost its worker can be added again while the old job still lingers.
 * @param round tells knocks of the reconciler apart, for the same reason
 */
export function executionJob(executionId: string, orgId: string, attempt: number, round?: number): ExecutionJob {
  return { id: `${executionId}.${attempt}${round === undefined ? '' : `.${round}`}`, executionId, orgId };
}
