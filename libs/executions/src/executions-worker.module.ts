import { Module } from '@nestjs/common';
import { ExecutionsProcessor } from './executions.processor.js';

/** Takes runs from the queue. Needs `ExecutionsModule.forRoot`. */
@Module({ providers: [ExecutionsProcessor] })
export class ExecutionsWorkerModule {}
