import { AuthModule } from '#auth';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type Settings } from '#platform/config';
import { EgressClient } from '#platform/egress';
import { DisabledNotices } from './endpoints/disabled-notices.js';
import { DueEndpointDeliveriesRepository } from './endpoints/due-endpoint-deliveries.repository.js';
import { EndpointDeliveries } from './endpoints/endpoint-deliveries.js';
import { EndpointDeliveriesReadModel } from './endpoints/endpoint-deliveries.read-model.js';
import { EndpointDeliveriesRepository } from './endpoints/endpoint-deliveries.repository.js';
import { EndpointHealth } from './endpoints/endpoint-health.js';
import { EndpointReplaysService } from './endpoints/endpoint-replays.service.js';
import { EndpointSecrets } from './endpoints/endpoint-secrets.js';
import { EndpointSender } from './endpoints/endpoint-sender.js';
import { MessageBodies } from './endpoints/message-bodies.js';
import { MessageSources } from './endpoints/message-sources.js';
import { WebhookEndpointsRepository } from './endpoints/webhook-endpoints.repository.js';
import { WebhookEndpointsService } from './endpoints/webhook-endpoints.service.js';
import { WEBHOOKS_EGRESS } from './endpoints/webhooks-egress.js';
import { WebhookEventsModule } from './webhook-events.module.js';

const DOMAIN = [
  DisabledNotices,
  DueEndpointDeliveriesRepository,
  EndpointDeliveries,
  EndpointDeliveriesReadModel,
  EndpointDeliveriesRepository,
  EndpointHealth,
  EndpointReplaysService,
  EndpointSecrets,
  EndpointSender,
  MessageBodies,
  MessageSources,
  WebhookEndpointsRepository,
  WebhookEndpointsService,
];

/** Telling other systems what happens, without its doors. */
@Module({
  imports: [AuthModule, WebhookEventsModule],
  providers: [
    {
      provide: WEBHOOKS_EGRESS,
      inject: [SETTINGS],
      useFactory: ({ egress }: Settings) => new EgressClient({ allowCidrs: egress.allowCidrs }),
    },
    ...DOMAIN,
  ],
  exports: [...DOMAIN, WebhookEventsModule],
})
export class WebhooksModule implements OnApplicationShutdown {
  constructor(@Inject(WEBHOOKS_EGRESS) private readonly egress: EgressClient) {}

  async onApplicationShutdown(): Promise<void> {
    await this.egress.close();
  }
}
