import { AgentsModule } from '#agents';
import { AuthModule } from '#auth';
import { BillingModule } from '#billing';
import { Module } from '@nestjs/common';
import { DueSchedulesRepository } from './schedules/due-schedules.repository.js';
import { ScheduleFiring } from './schedules/schedule-firing.js';
import { SchedulesReadModel } from './schedules/schedules.read-model.js';
import { SchedulesRepository } from './schedules/schedules.repository.js';
import { SchedulesService } from './schedules/schedules.service.js';
import { TriggerTarget } from './trigger-target.js';
import { MessageVerifier } from './webhooks/message-verifier.js';
import { WebhookAddressesRepository } from './webhooks/webhook-addresses.repository.js';
import { WebhookDeliveriesRepository } from './webhooks/webhook-deliveries.repository.js';
import { WebhookPresenter } from './webhooks/webhook-presenter.js';
import { WebhookReception } from './webhooks/webhook-reception.js';
import { WebhooksReadModel } from './webhooks/webhooks.read-model.js';
import { WebhooksRepository } from './webhooks/webhooks.repository.js';
import { WebhooksService } from './webhooks/webhooks.service.js';

const DOMAIN = [
  DueSchedulesRepository,
  MessageVerifier,
  ScheduleFiring,
  SchedulesReadModel,
  SchedulesRepository,
  SchedulesService,
  TriggerTarget,
  WebhookAddressesRepository,
  WebhookDeliveriesRepository,
  WebhookPresenter,
  WebhookReception,
  WebhooksReadModel,
  WebhooksRepository,
  WebhooksService,
];

/** What starts runs by itself, without its doors. Needs `ExecutionsModule.forRoot`. */
@Module({ imports: [AgentsModule, AuthModule, BillingModule], providers: DOMAIN, exports: DOMAIN })
export class TriggersModule {}
