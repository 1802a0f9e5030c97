import { Module } from '@nestjs/common';
import { ReconcilerTask } from './reconciler.task.js';

/** The reconciler, in every process whatever its role. Needs `ExecutionsModule.forRoot`. */
@Module({ providers: [ReconcilerTask] })
export class ExecutionsMaintenanceModule {}
