import { Module } from '@nestjs/common';
import { SchedulesController } from './schedules/schedules.controller.js';
import { TriggersModule } from './triggers.module.js';
import { HooksController } from './webhooks/hooks.controller.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

/** The doors for people, and the one where other systems call. */
@Module({ imports: [TriggersModule], controllers: [HooksController, SchedulesController, WebhooksController] })
export class TriggersApiModule {}
