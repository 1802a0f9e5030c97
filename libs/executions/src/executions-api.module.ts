import { AuthModule } from '#auth';
import { Module } from '@nestjs/common';
import { CallbacksController } from './callbacks/callbacks.controller.js';
import { SigningSecretController } from './callbacks/signing-secret.controller.js';
import { EventPoll } from './event-poll.js';
import { EventStreamAnswer } from './event-stream-answer.js';
import { ExecutionsController } from './executions.controller.js';
import { ExecutionsGateway } from './executions.gateway.js';
import { SocketFollower } from './socket-follower.js';
import { PayloadAnswer } from './payloads/payload-answer.js';
import { PayloadsController } from './payloads/payloads.controller.js';
import { ReceiptsController } from './receipts/receipts.controller.js';
import { ReceiptsReadModel } from './receipts/receipts.read-model.js';
import { RunBudgetController } from './spending/run-budget.controller.js';
import { StartAnswer } from './start-answer.js';
import { StepsController } from './steps.controller.js';
import { Watchers } from './watchers.js';
import { WaitsController } from './waits/waits.controller.js';
import { WhyController } from './why/why.controller.js';

/** The doors for requests and sockets. Needs `ExecutionsModule.forRoot`. */
@Module({
  imports: [AuthModule],
  controllers: [
    CallbacksController,
    ExecutionsController,
    PayloadsController,
    ReceiptsController,
    RunBudgetController,
    SigningSecretController,
    StepsController,
    WaitsController,
    WhyController,
  ],
  providers: [
    EventPoll,
    EventStreamAnswer,
    ExecutionsGateway,
    PayloadAnswer,
    ReceiptsReadModel,
    SocketFollower,
    StartAnswer,
    Watchers,
  ],
  exports: [EventStreamAnswer, Watchers],
})
export class ExecutionsApiModule {}
