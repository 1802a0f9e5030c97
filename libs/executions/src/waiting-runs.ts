import { Injectable } from '@nestjs/common';
import { RunFamily } from './run-family.js';
import { SpendingRounds } from './spending/spending-rounds.js';
import { WaitAnswers } from './waits/wait-answers.js';

/** Bounds one round; the next one goes on. */
const MAX_STATEMENTS = 10;

/** The reconciler's part for runs that wait: whatever can be answered without a person, is. */
@Injectable()
export class WaitingRuns {
  constructor(
    private readonly answers: WaitAnswers,
    private readonly family: RunFamily,
    private readonly spending: SpendingRounds,
  ) {}

  /** One round. Rounds of several processes do not harm each other: each wait is answered once. */
  async reconcile(): Promise<void> {
    for (let each = 0; each < MAX_STATEMENTS && (await this.answers.due()) > 0; each += 1);
    await this.spending.reconcile();
    await this.family.reconcile();
  }
}
