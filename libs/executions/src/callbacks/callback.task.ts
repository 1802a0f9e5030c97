import {
  type BeforeApplicationShutdown,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { InjectLogger, type Logger } from '#platform/logging';
import { CallbackDeliveries } from './callback-deliveries.js';

const EVERY_MS = 1_000;

/** How long a shutdown waits for receivers that have not answered yet. */
const DRAIN_MS = 2_000;

/** Looks for what is due, in every process; what one of them delivers is passed over by the others. */
@Injectable()
export class CallbackTask implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private hasStopped = false;

  constructor(
    private readonly deliveries: CallbackDeliveries,
    @InjectLogger() private readonly logger: Logger,
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
          this.logger.warn({ err: error }, 'callbacks: a round failed, the next one tries again'),
        )
        .finally(() => this.next());
    }, EVERY_MS);
    this.timer.unref();
  }
}
