import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectLogger, type Logger } from '#platform/logging';
import { ExecutionsMetrics } from './executions.metrics.js';
import { executionJob, type ExecutionsQueue, InjectExecutionsQueue } from './executions.queue.js';
import { LeasesRepository, type OpenRun } from './leases.repository.js';
import { WaitingRuns } from './waiting-runs.js';

const EVERY_MS = 1_000;

/** A healthy queue hands a run to a worker long before; older ones are knocked for again. */
const OVERDUE_MS = 1_500;

/** Bounds one round; the next one goes on. */
const ROUND_LIMIT = 500;

const CLEAN_EVERY_ROUNDS = 60;

const KNOCKS_PER_ROUND = 20;

/**
 * Finds what got lost between row and queue: runs whose process fell silent, and queued runs that nobody knocked for.
 * Answers what is due.
 * Runs in every process; rounds of several processes do not harm each other, because expiring skips locked rows and
 * adding a job twice is one job.
 */
@Injectable()
export class ReconcilerTask implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;
  private round = 0;
  private stopped = false;

  constructor(
    private readonly leases: LeasesRepository,
    private readonly waitingRuns: WaitingRuns,
    private readonly metrics: ExecutionsMetrics,
    @InjectExecutionsQueue() private readonly queue: ExecutionsQueue,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.metrics.resumed.inc(await this.leases.expireLeftBehind());
    this.next();
  }

  onModuleDestroy(): void {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
  }

  /** One round; public so that a test need not wait for the clock. */
  async reconcile(): Promise<void> {
    const lost = await this.leases.expire(ROUND_LIMIT);
    this.metrics.resumed.inc(lost.length);
    this.round += 1;
    await this.waitingRuns.reconcile();
    await this.knockAgain([...lost, ...(await this.leases.findOverdue(ROUND_LIMIT, OVERDUE_MS))]);
    if (this.round % CLEAN_EVERY_ROUNDS === 0) await this.leases.deleteExpiredIdempotencyKeys();
  }

  /** A few knocks are enough, for a worker that has come goes on while there is anything to do. */
  private async knockAgain(overdue: readonly OpenRun[]): Promise<void> {
    if (overdue.length === 0) return;
    const { waiting } = await this.queue.counts();
    if (waiting >= KNOCKS_PER_ROUND) return;
    for (const { id, orgId, attempt } of overdue.slice(0, KNOCKS_PER_ROUND)) {
      await this.queue.add(executionJob(id, orgId, attempt, this.round));
    }
  }

  private next(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.reconcile()
        .catch((error: unknown) =>
          this.logger.warn({ err: error }, 'reconciler: a round failed, the next one tries again'),
        )
        .finally(() => this.next());
    }, EVERY_MS);
  }
}
