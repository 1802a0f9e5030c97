import { BillingHousekeeping } from '#billing';
import { Injectable } from '@nestjs/common';
import { InjectSettings, type Settings } from '#platform/config';
import { WaitAnswers } from '../waits/wait-answers.js';
import { AbandonedCalls } from './abandoned-calls.js';

/** A minute by default: the lease has to end first, and whoever lost it may still say what its calls have cost. */
const ABANDONED_AFTER_LEASES = 6;

/** What lost processes have reserved need not be looked for in every round. */
const ABANDONED_EVERY_ROUNDS = 10;

/** About an hour. */
const TIDY_EVERY_ROUNDS = 3_600;

/** The reconciler's part for money: whoever waits for it goes on once there is some, and what nobody settles is settled. */
@Injectable()
export class SpendingRounds {
  private round = 0;

  constructor(
    private readonly answers: WaitAnswers,
    private readonly abandoned: AbandonedCalls,
    private readonly housekeeping: BillingHousekeeping,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  /** One round. Rounds of several processes do not harm each other. */
  async reconcile(): Promise<void> {
    await this.answers.funded(this.settings.billing.userDayMicroUsd);
    if (this.round % ABANDONED_EVERY_ROUNDS === 0) {
      await this.abandoned.settle(ABANDONED_AFTER_LEASES * this.settings.executions.leaseMs);
    }
    if (this.round % TIDY_EVERY_ROUNDS === 0) await this.housekeeping.tidy();
    this.round += 1;
  }
}
