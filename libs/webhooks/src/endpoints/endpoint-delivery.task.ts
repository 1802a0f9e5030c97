import { Injectable } from '@nestjs/common';
import { InjectLogger, type Logger } from '#platform/logging';
import { DeliveryTask } from '../delivery/delivery.task.js';
import { EndpointDeliveries } from './endpoint-deliveries.js';

/** Rounds of deliveries to endpoints, in every process. */
@Injectable()
export class EndpointDeliveryTask extends DeliveryTask {
  constructor(deliveries: EndpointDeliveries, @InjectLogger() logger: Logger) {
    super('webhook deliveries', deliveries, logger);
  }
}
