import { Module } from '@nestjs/common';
import { CallbackTask } from './callbacks/callback.task.js';
import { RetentionTask } from './retention/retention.task.js';
import { RunHistoryRepository } from './retention/run-history.repository.js';
import { ReconcilerTask } from './reconciler.task.js';

/** Reconciler, retention and the delivery of callbacks, in every process whatever its role. Needs `ExecutionsModule.forRoot`. */
@Module({ providers: [CallbackTask, ReconcilerTask, RetentionTask, RunHistoryRepository] })
export class ExecutionsMaintenanceModule {}
