import { AgentsModule } from '#agents';
import { BillingModule } from '#billing';
import { type DynamicModule, Module } from '@nestjs/common';
import type { Settings } from '#platform/config';
import { Readiness } from '#platform/health';
import { queueModule } from '#platform/queue';
import { WebhooksModule } from '#webhooks';
import { ActiveRuns } from './active-runs.js';
import { CallbackDeliveries } from './callbacks/callback-deliveries.js';
import { CallbackMessages } from './callbacks/callback-messages.js';
import { CallbackSender } from './callbacks/callback-sender.js';
import { CallbacksRepository } from './callbacks/callbacks.repository.js';
import { CallbacksService } from './callbacks/callbacks.service.js';
import { DueCallbacksRepository } from './callbacks/due-callbacks.repository.js';
import { EndedRunReadModel } from './callbacks/ended-run.read-model.js';
import { RunEventMessages } from './callbacks/run-event-messages.js';
import { SigningSecretsRepository } from './callbacks/signing-secrets.repository.js';
import { SigningSecretsService } from './callbacks/signing-secrets.service.js';
import { ChildRuns } from './child-runs.js';
import { ClaimDesk } from './dispatch/claim-desk.js';
import { ClaimsRepository } from './dispatch/claims.repository.js';
import { RunDispatcher } from './dispatch/run-dispatcher.js';
import { RunLoad } from './dispatch/run-load.js';
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
import { FollowedRuns } from './followed-runs.js';
import { Journal } from './journal/journal.js';
import { LeasesRepository } from './leases.repository.js';
import { OrphansRepository } from './orphans.repository.js';
import { OutsideHttp } from './outside-http.js';
import { ModelSteps } from './model-steps.js';
import { OutsideModule } from './outside.module.js';
import { ResumedRuns } from './resumed-runs.js';
import { PayloadsRepository } from './payloads/payloads.repository.js';
import { RunAcceptance } from './run-acceptance.js';
import { RunEnds } from './run-ends.js';
import { RunFamily } from './run-family.js';
import { RunFollowUps } from './run-follow-ups.js';
import { RunServices } from './run-services.js';
import { AbandonedCalls } from './spending/abandoned-calls.js';
import { LateCalls } from './spending/late-calls.js';
import { StepsQueries } from './steps.queries.js';
import { RunBudgetService } from './spending/run-budget.service.js';
import { SpendingRounds } from './spending/spending-rounds.js';
import { WaitingRuns } from './waiting-runs.js';
import { AnswersForActiveRuns } from './waits/answers-for-active-runs.js';
import { NearTimers } from './waits/near-timers.js';
import { RunStateRepository } from './waits/run-state.repository.js';
import { RunWaker } from './waits/run-waker.js';
import { PeopleNames } from './waits/people-names.js';
import { WaitAnswers } from './waits/wait-answers.js';
import { WaitDecisionsService } from './waits/wait-decisions.service.js';
import { WaitsQueries } from './waits/waits.queries.js';
import { WaitsReadModel } from './waits/waits.read-model.js';
import { ExecutionWhy } from './why/execution-why.js';
import { RunSituationReadModel } from './why/run-situation.read-model.js';

const DOMAIN = [
  AbandonedCalls,
  ActiveRuns,
  ClaimDesk,
  ClaimsRepository,
  AnswersForActiveRuns,
  CallbackDeliveries,
  CallbackMessages,
  CallbackSender,
  CallbacksRepository,
  CallbacksService,
  ChildRuns,
  DueCallbacksRepository,
  EndedRunReadModel,
  ExecutionControl,
  ExecutionDetailReadModel,
  ExecutionEventsRepository,
  ExecutionListReadModel,
  ExecutionLogsRepository,
  ExecutionRunner,
  ExecutionStepsRepository,
  ExecutionStream,
  ExecutionTakeover,
  ExecutionWhy,
  ExecutionsMetrics,
  ExecutionsQueries,
  ExecutionsRepository,
  ExecutionsService,
  FollowedRuns,
  Journal,
  LateCalls,
  LeasesRepository,
  ModelSteps,
  NearTimers,
  OrphansRepository,
  OutsideHttp,
  PayloadsRepository,
  ResumedRuns,
  RunAcceptance,
  RunBudgetService,
  RunDispatcher,
  RunLoad,
  RunEnds,
  RunEventMessages,
  RunFamily,
  RunFollowUps,
  RunServices,
  RunStateRepository,
  RunWaker,
  SigningSecretsRepository,
  SigningSecretsService,
  SpendingRounds,
  PeopleNames,
  StepsQueries,
  RunSituationReadModel,
  WaitAnswers,
  WaitDecisionsService,
  WaitingRuns,
  WaitsQueries,
  WaitsReadModel,
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
      imports: [AgentsModule, BillingModule, OutsideModule, WebhooksModule, queue],
      providers: DOMAIN,
      exports: [...DOMAIN, OutsideModule, WebhooksModule, queue],
    };
  }
}
