import type { StepRecord } from '#kernel';
import { Injectable } from '@nestjs/common';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { ExecutionStep } from './execution-step.entity.js';

/** Finished steps, as a resumed run and the run page read them. */
@Injectable()
export class ExecutionStepsRepository extends OrgScopedRepository<ExecutionStep> {
  constructor(database: OrgDatabase) {
    super(database, ExecutionStep);
  }

  findByExecution(executionId: string): Promise<ExecutionStep[]> {
    return this.findMany({ where: { executionId }, order: { startedAt: 'ASC', finishedAt: 'ASC', path: 'ASC' } });
  }

  async findRecords(executionId: string): Promise<ReadonlyMap<string, StepRecord>> {
    const steps = await this.findByExecution(executionId);
    return new Map(steps.map((step) => [step.path, toRecord(step)]));
  }
}

function toRecord(step: ExecutionStep): StepRecord {
  return {
    path: step.path,
    nodeId: step.nodeId,
    kind: step.kind,
    status: step.status,
    port: step.port,
    input: step.input ?? undefined,
    output: step.output ?? undefined,
    error: step.error ?? undefined,
    usage: step.usage ?? undefined,
    tries: step.tries,
    startedAt: step.startedAt.getTime(),
    finishedAt: step.finishedAt.getTime(),
  };
}
