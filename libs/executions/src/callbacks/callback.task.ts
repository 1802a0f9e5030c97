import { Injectable } from '@nestjs/common';
import { InjectLogger, type Logger } from '#platform/logging';
import { DeliveryTask } from '#webhooks';
import { CallbackDeliveries } from './callback-deliveries.js';

/** Rounds of callbacks, in every process. */
@Injectable()
export class CallbackTask extends DeliveryTask {
  constructor(deliveries: CallbackDeliveries, @InjectLogger() logger: Logger) {
    super('callbacks', deliveries, logger);
  }
}
