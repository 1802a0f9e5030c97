import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { OrgContext } from '#tenancy';
import type { RunningAttempt } from '../execution-runner.js';
import { ExecutionTakeover } from '../execution-takeover.js';
import { ClaimDesk } from './claim-desk.js';

/** A claim that takes longer than this is left to its lease. */
const BEGIN_WITHIN_MS = 5_000;

/**
 * What a worker does when the queue knocks: it takes the run whose turn it is, which need not be the one that the knock
 * was for, and goes on while runs are left. So a lost knock costs nothing, a knock too many finds nothing to do, and
 * runs that had to wait for a limit start as soon as another one has ended.
 */
@Injectable()
export class RunDispatcher {
  private hasStopped = false;
  private beginning = 0;

  constructor(
    private readonly desk: ClaimDesk,
    private readonly takeover: ExecutionTakeover,
  ) {}

  /** Resolves when there is nothing left to take. */
  async work(): Promise<void> {
    while (!this.hasStopped) {
      const run = await this.begin();
      if (run === null) return;
      await run.ended;
      if (!this.desk.mayHaveMore) return;
    }
  }

  /** Takes no more; what runs goes on. Resolves when every run that was claimed here is known to be under way. */
  async stop(): Promise<void> {
    this.hasStopped = true;
    const giveUpAt = Date.now() + BEGIN_WITHIN_MS;
    while (this.beginning > 0 && Date.now() < giveUpAt) await sleep(5);
  }

  private async begin(): Promise<RunningAttempt | null> {
    this.beginning += 1;
    try {
      const run = await this.desk.next();
      return run && (await OrgContext.run(run.orgId, () => this.takeover.begin(run)));
    } finally {
      this.beginning -= 1;
    }
  }
}
