import { Injectable } from '@nestjs/common';
import { InjectSettings, type Settings } from '#platform/config';
import { ActiveRuns } from '../active-runs.js';
import { type ClaimedRun, ClaimsRepository } from './claims.repository.js';

/** Bounds one claim. */
const MAX_CLAIM = 100;

interface Asking {
  readonly resolve: (run: ClaimedRun | null) => void;
  readonly reject: (error: unknown) => void;
}

/** Gathers what the workers of this process ask for at the same moment into one claim; one claim at a time. */
@Injectable()
export class ClaimDesk {
  /** Whether there were runs left, or may have been, when this process last asked. */
  mayHaveMore = false;
  private asking: Asking[] = [];
  private isClaiming = false;

  constructor(
    private readonly claims: ClaimsRepository,
    private readonly activeRuns: ActiveRuns,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  /** The run whose turn it is, now this process's; null when there is none that may start. */
  next(): Promise<ClaimedRun | null> {
    return new Promise((resolve, reject) => {
      this.asking.push({ resolve, reject });
      if (this.isClaiming) return;
      this.isClaiming = true;
      setImmediate(() => void this.claimAll());
    });
  }

  private async claimAll(): Promise<void> {
    while (this.asking.length > 0) {
      const batch = this.asking.splice(0, MAX_CLAIM);
      try {
        const runs = await this.claim(batch.length);
        batch.forEach(({ resolve }, index) => resolve(runs[index] ?? null));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.isClaiming = false;
  }

  private async claim(wanted: number): Promise<ClaimedRun[]> {
    const { processId, leaseMs } = this.activeRuns;
    const runs = await this.claims.claim(wanted, processId, leaseMs, this.settings.executions.orgConcurrentRuns);
    // What is claimed is ours, whether or not the second question is answered.
    this.mayHaveMore = runs.length === wanted || (await this.claims.hasQueued().catch(() => true));
    return runs;
  }
}
