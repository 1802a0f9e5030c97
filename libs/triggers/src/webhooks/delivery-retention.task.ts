import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectLogger, type Logger } from '#platform/logging';
import { WebhookDeliveriesRepository } from './webhook-deliveries.repository.js';

const EVERY_MS = 600_000;

/** Keeps the log of deliveries from growing for ever; in every process, because deleting twice harms nobody. */
@Injectable()
export class DeliveryRetentionTask implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly deliveries: WebhookDeliveriesRepository,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.deliveries.deleteOld().catch((error: unknown) => {
        this.logger.warn({ err: error }, 'old webhook deliveries were not deleted; the next round tries again');
      });
    }, EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    if (this.timer) clearInterval(this.timer);
  }
}
