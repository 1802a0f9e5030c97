import { Module } from '@nestjs/common';
import { EndpointDeliveryTask } from './endpoints/endpoint-delivery.task.js';
import { WebhooksModule } from './webhooks.module.js';

/** Deliveries to endpoints, in every process whatever its role. */
@Module({ imports: [WebhooksModule], providers: [EndpointDeliveryTask] })
export class WebhooksMaintenanceModule {}
