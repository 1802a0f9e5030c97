import { Module } from '@nestjs/common';
import { RetentionTask } from './retention/retention.task.js';
import { RunHistoryRepository } from './retention/run-history.repository.js';
import { ReconcilerTask } from './reconciler.task.js';

/** The reconciler, in every process whatever its role. Needs `ExecutionsModule.forRoot`. */
@Module({ providers: [ReconcilerTask, RetentionTask, RunHistoryRepository] })
export class ExecutionsMaintenanceModule {}
