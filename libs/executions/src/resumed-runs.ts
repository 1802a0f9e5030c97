import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { OrgDatabase } from '#tenancy';
import { ExecutionStepsRepository } from './execution-steps.repository.js';
import type { Attempt } from './execution-runner.js';
import { PayloadsRepository } from './payloads/payloads.repository.js';
import type { EarlierWork } from './run-acceptance.js';
import { RunStateRepository } from './waits/run-state.repository.js';

/** What earlier attempts at a run have left for the next one. */
@Injectable()
export class ResumedRuns {
  constructor(
    private readonly database: OrgDatabase,
    private readonly states: RunStateRepository,
    private readonly steps: ExecutionStepsRepository,
    private readonly payloads: PayloadsRepository,
  ) {}

  load(
    executionId: string,
  ): Promise<Pick<Attempt, 'lastSeq' | 'spent' | 'recorded' | 'waits' | 'seenWakes' | 'effects'>> {
    return this.database.transaction(async () => {
      const { wakes, ...state } = await this.states.find(executionId);
      return { ...state, seenWakes: wakes, recorded: await this.steps.findRecords(executionId) };
    });
  }

  /** What a new run takes over from one that failed. Large values stay where they are: they are never read for it. */
  carryOver(executionId: string): Promise<EarlierWork> {
    return this.database.transaction(async () => {
      const steps = await this.steps.findRowsToCarryOver(executionId);
      const { waits, effects } = await this.states.findCarriedOver(executionId);
      return {
        steps,
        ...(waits.length > 0 && {
          waits: { opened: waits.map((row) => `{"id":"${newId()}",${row.slice(1)}`), closed: [], voidOpen: false },
        }),
        ...(effects.length > 0 && { effects }),
        ...((await this.payloads.hasAny(executionId)) && { payloadsOf: executionId }),
      };
    });
  }
}
