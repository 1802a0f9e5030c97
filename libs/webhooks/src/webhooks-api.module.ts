import { Module } from '@nestjs/common';
import { EndpointDeliveriesController } from './endpoints/endpoint-deliveries.controller.js';
import { WebhookEndpointsController } from './endpoints/webhook-endpoints.controller.js';
import { WebhooksModule } from './webhooks.module.js';

/** The doors for people. */
@Module({ imports: [WebhooksModule], controllers: [WebhookEndpointsController, EndpointDeliveriesController] })
export class WebhooksApiModule {}
