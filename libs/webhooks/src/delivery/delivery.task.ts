import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Logger } from '#platform/logging';

const EVERY_MS = 1_000;

/** How long a shutdown waits for receivers that have not answered yet. */
const DRAIN_MS = 2_000;

/** What has rounds of deliveries. */
export interface Deliveries {
  /** Finds what is due and begins it. */
  round(): Promise<void>;
  stop(withinMs: number): Promise<void>;
}

/** Looks for what is due, in every process; what one of them delivers is passed over by the others. */
export abstract class DeliveryTask implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private hasStopped = false;

  /** @param what for log lines, `callbacks` */
  protected constructor(
    private readonly what: string,
    private readonly deliveries: Deliveries,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.next();
  }

  onModuleDestroy(): void {
    this.hasStopped = true;
    if (this.timer) clearTimeout(this.timer);
  }

  /** While the way out and the database are still there. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.deliveries.stop(DRAIN_MS);
  }

  private next(): void {
    if (this.hasStopped) return;
    this.timer = setTimeout(() => {
      this.deliveries
        .round()
        .catch((error: unknown) =>
          this.logger.warn({ err: error }, `${this.what}: a round failed, the next one tries again`),
        )
        .finally(() => this.next());
    }, EVERY_MS);
    this.timer.unref();
  }
}
