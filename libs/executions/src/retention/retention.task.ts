import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectSettings, type Settings } from '#platform/config';
import { InjectLogger, type Logger } from '#platform/logging';
import { EndpointDeliveries } from '#webhooks';
import { RunHistoryRepository } from './run-history.repository.js';

const EVERY_MS = 6 * 60 * 60 * 1000;

const MONTHS_AHEAD = 2;

/** Between two deletions, so that the others get their turn. */
const PAUSE_MS = 50;

/**
 * Makes room for the months to come and lets go of those that need not be kept. A month goes as a whole, once none of
 * its runs is open: first the runs, so that nobody finds one without its events, then its partitions. What was told to
 * webhook endpoints goes after its own time.
 */
@Injectable()
export class RetentionTask implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;
  private hasStopped = false;

  constructor(
    private readonly history: RunHistoryRepository,
    private readonly endpoints: EndpointDeliveries,
    @InjectSettings() private readonly settings: Settings,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.runSafely();
  }

  onModuleDestroy(): void {
    this.hasStopped = true;
    if (this.timer) clearTimeout(this.timer);
  }

  /** One round; public so that a test need not wait for the clock. */
  async tidy(): Promise<void> {
    await this.history.prepareMonths(MONTHS_AHEAD);
    while (!this.hasStopped && (await this.endpoints.forgetSomeOld())) await sleep(PAUSE_MS);
    for (const month of await this.history.findExpiredMonths(this.settings.executions.retentionDays)) {
      while (!this.hasStopped && (await this.history.deleteSomeRuns(month))) await sleep(PAUSE_MS);
      if (this.hasStopped) return;
      await this.history.dropMonth(month);
      this.logger.info({ month, keepDays: this.settings.executions.retentionDays }, 'let go of the runs of a month');
    }
  }

  private runSafely(): void {
    this.tidy()
      .catch((error: unknown) =>
        this.logger.warn({ err: error }, 'retention: a round failed, the next one tries again'),
      )
      .finally(() => {
        if (this.hasStopped) return;
        this.timer = setTimeout(() => this.runSafely(), EVERY_MS);
        this.timer.unref();
      });
  }
}
