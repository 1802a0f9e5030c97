import { AgentsModule } from '#agents';
import { type DynamicModule, Module } from '@nestjs/common';
import type { Settings } from '#platform/config';
import { Readiness } from '#platform/health';
import { queueModule } from '#platform/queue';
import { ActiveRuns } from './active-runs.js';
import { ExecutionControl } from './execution-control.js';
import { ExecutionDetailReadModel } from './execution-detail.read-model.js';
import { ExecutionEventsRepository } from './execution-events.repository.js';
import { ExecutionListReadModel } from './execution-list.read-model.js';
import { ExecutionLogsRepository } from './execution-logs.repository.js';
import { ExecutionRunner } from './execution-runner.js';
import { ExecutionStepsRepository } from './execution-steps.repository.js';
import { ExecutionStream } from './execution-stream.js';
import { ExecutionTakeover } from './execution-takeover.js';
import { ExecutionsMetrics } from './executions.metrics.js';
import { ExecutionsQueries } from './executions.queries.js';
import {
  EXECUTIONS_QUEUE,
  EXECUTIONS_QUEUE_TOKEN,
  type ExecutionsQueue,
  InjectExecutionsQueue,
} from './executions.queue.js';
import { ExecutionsRepository } from './executions.repository.js';
import { ExecutionsService } from './executions.service.js';
import { Journal } from './journal/journal.js';
import { LeasesRepository } from './leases.repository.js';
import { OutsideModule } from './outside.module.js';
import { RunAcceptance } from './run-acceptance.js';
import { RunServices } from './run-services.js';

const DOMAIN = [
  ActiveRuns,
  ExecutionControl,
  ExecutionDetailReadModel,
  ExecutionEventsRepository,
  ExecutionListReadModel,
  ExecutionLogsRepository,
  ExecutionRunner,
  ExecutionStepsRepository,
  ExecutionStream,
  ExecutionTakeover,
  ExecutionsMetrics,
  ExecutionsQueries,
  ExecutionsRepository,
  ExecutionsService,
  Journal,
  LeasesRepository,
  RunAcceptance,
  RunServices,
];

/** Runs: starting, walking, journalling, watching. The doors are in the api and worker modules. */
@Module({})
export class ExecutionsModule {
  constructor(readiness: Readiness, @InjectExecutionsQueue() queue: ExecutionsQueue) {
    // Accepted runs are rows: while the queue is away they wait, so the process is degraded and not down.
    readiness.register('queue', 'degraded', () => queue.counts());
  }

  /** Global, because both doors stand on the same runs; make it once per application. */
  static forRoot(settings: Settings): DynamicModule {
    const queue = queueModule(EXECUTIONS_QUEUE, EXECUTIONS_QUEUE_TOKEN, settings);
    return {
      module: ExecutionsModule,
      global: true,
      imports: [AgentsModule, OutsideModule, queue],
      providers: DOMAIN,
      exports: [...DOMAIN, OutsideModule, queue],
    };
  }
}
