import { Module } from '@nestjs/common';
import { WebhookEvents } from './endpoints/webhook-events.js';

/** For domains that only tell what happens: needs the database and nothing else. */
@Module({ providers: [WebhookEvents], exports: [WebhookEvents] })
export class WebhookEventsModule {}
