import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { OrgDatabase } from '#tenancy';
import { ExecutionStepsRepository } from './execution-steps.repository.js';
import type { Attempt } from './execution-runner.js';
import { effectRow, stepRow } from './journal/journal-rows.js';
import type { EarlierWork } from './run-acceptance.js';
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

  /** What a new run takes over from one that failed. What its steps have used was paid for by the old one. */
  carryOver(executionId: string): Promise<EarlierWork> {
    return this.database.transaction(async () => {
      const records = await this.steps.findRecords(executionId);
      const finished = [...records.values()].filter(({ status }) => status === 'succeeded');
      const { waits, effects } = await this.states.findCarriedOver(executionId);
      return {
        steps: finished.map((step) => stepRow({ ...step, usage: undefined })),
        ...(waits.length > 0 && {
          waits: { opened: waits.map((row) => `{"id":"${newId()}",${row.slice(1)}`), closed: [], voidOpen: false },
        }),
        ...(effects.length > 0 && { effects: effects.map(effectRow) }),
      };
    });
  }
}
