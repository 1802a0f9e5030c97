import { AuthModule } from '#auth';
import { Module } from '@nestjs/common';
import { CallbacksController } from './callbacks/callbacks.controller.js';
import { SigningSecretController } from './callbacks/signing-secret.controller.js';
import { EventPoll } from './event-poll.js';
import { EventStreamAnswer } from './event-stream-answer.js';
import { ExecutionsController } from './executions.controller.js';
import { ExecutionsGateway } from './executions.gateway.js';
import { ModelsController } from './models.controller.js';
import { SocketFollower } from './socket-follower.js';
import { StartAnswer } from './start-answer.js';
import { WaitsController } from './waits/waits.controller.js';
import { WhyController } from './why/why.controller.js';

/** The doors for requests and sockets. Needs `ExecutionsModule.forRoot`. */
@Module({
  imports: [AuthModule],
  controllers: [
    CallbacksController,
    ExecutionsController,
    ModelsController,
    SigningSecretController,
    WaitsController,
    WhyController,
  ],
  providers: [EventPoll, EventStreamAnswer, ExecutionsGateway, SocketFollower, StartAnswer],
})
export class ExecutionsApiModule {}
