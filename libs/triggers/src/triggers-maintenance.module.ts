import { Module } from '@nestjs/common';
import { SchedulerTask } from './schedules/scheduler.task.js';
import { TriggersModule } from './triggers.module.js';
import { DeliveryRetentionTask } from './webhooks/delivery-retention.task.js';

/** The scheduler, in every process whatever its role. */
@Module({ imports: [TriggersModule], providers: [DeliveryRetentionTask, SchedulerTask] })
export class TriggersMaintenanceModule {}
