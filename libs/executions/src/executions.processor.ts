import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectSettings, type Settings } from '#platform/config';
import { RunDispatcher } from './dispatch/run-dispatcher.js';
import { type ExecutionsQueue, InjectExecutionsQueue } from './executions.queue.js';

/** The queue's door: a knock means that there is something to do; the dispatcher knows what goes first. */
@Injectable()
export class ExecutionsProcessor implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    @InjectExecutionsQueue() private readonly queue: ExecutionsQueue,
    private readonly dispatcher: RunDispatcher,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    this.queue.consume(() => this.dispatcher.work(), this.settings.executions.workerConcurrency);
  }

  /** First step of shutdown: take no more. */
  async onModuleDestroy(): Promise<void> {
    await this.queue.pause();
    await this.dispatcher.stop();
  }
}
