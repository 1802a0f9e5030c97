import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectLogger, type Logger } from '#platform/logging';
import { DueSchedulesRepository } from './due-schedules.repository.js';
import { ScheduleFiring } from './schedule-firing.js';

const EVERY_MS = 1_000;

/** Schedules that are claimed and fired side by side. */
const CLAIM_LIMIT = 25;

/** Bounds one round; the next one goes on. */
const CLAIMS_PER_ROUND = 40;

/** Longer than firing a claim takes, and the time for which a slot waits when its process dies. */
const CLAIM_MS = 30_000;

/**
 * Fires what is due. Runs in every process; claiming skips rows that another process holds, and a slot that two of them
 * fire after all is one run, because the slot is its idempotency key.
 */
@Injectable()
export class SchedulerTask implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly due: DueSchedulesRepository,
    private readonly firing: ScheduleFiring,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.next();
  }

  /** A slot that is being fired is fired to its end. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  /** One round; public so that a test need not wait for the clock. @returns how many schedules were due */
  async round(): Promise<number> {
    let fired = 0;
    for (let claim = 0; claim < CLAIMS_PER_ROUND && !this.stopped; claim += 1) {
      const claimed = await this.due.claim(CLAIM_LIMIT, CLAIM_MS);
      await Promise.all(
        claimed.map((schedule) =>
          this.firing.fire(schedule).catch((error: unknown) => {
            this.logger.error({ err: error, scheduleId: schedule.id }, 'a due schedule could not be fired');
          }),
        ),
      );
      fired += claimed.length;
      if (claimed.length < CLAIM_LIMIT) break;
    }
    return fired;
  }

  private next(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.round()
        .then(() => undefined)
        .catch((error: unknown) => {
          this.logger.warn({ err: error }, 'scheduler: a round failed, the next one tries again');
        })
        .finally(() => this.next());
    }, EVERY_MS);
  }
}
