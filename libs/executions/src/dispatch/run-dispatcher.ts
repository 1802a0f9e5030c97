import { Injectable } from '@nestjs/common';
import { OrgContext } from '#tenancy';
import { ExecutionTakeover } from '../execution-takeover.js';
import { ClaimDesk } from './claim-desk.js';

/**
 * What a worker does when the queue knocks: it takes the run whose turn it is, which need not be the one that the knock
 * was for, and goes on while runs are left. So a lost knock costs nothing, a knock too many finds nothing to do, and
 * runs that had to wait for a limit start as soon as another one has ended.
 */
@Injectable()
export class RunDispatcher {
  private hasStopped = false;

  constructor(
    private readonly desk: ClaimDesk,
    private readonly takeover: ExecutionTakeover,
  ) {}

  /** Resolves when there is nothing left to take. */
  async work(): Promise<void> {
    while (!this.hasStopped) {
      const run = await this.desk.next();
      if (run === null) return;
      await OrgContext.run(run.orgId, () => this.takeover.goOn(run));
      if (!this.desk.mayHaveMore) return;
    }
  }

  /** Takes no more; what runs goes on. */
  stop(): void {
    this.hasStopped = true;
  }
}
