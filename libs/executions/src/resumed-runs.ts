import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import { ExecutionStepsRepository } from './execution-steps.repository.js';
import type { Attempt } from './execution-runner.js';
import { RunStateRepository } from './waits/run-state.repository.js';

/** What earlier attempts at a run have left for the next one. */
@Injectable()
export class ResumedRuns {
  constructor(
    private readonly database: OrgDatabase,
    private readonly states: RunStateRepository,
    private readonly steps: ExecutionStepsRepository,
  ) {}

  load(executionId: string): Promise<Pick<Attempt, 'lastSeq' | 'recorded' | 'waits' | 'seenWakes' | 'effects'>> {
    return this.database.transaction(async () => {
      const { lastSeq, wakes, waits, effects } = await this.states.find(executionId);
      return { lastSeq, waits, seenWakes: wakes, effects, recorded: await this.steps.findRecords(executionId) };
    });
  }
}
