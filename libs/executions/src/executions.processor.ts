import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectSettings, type Settings } from '#platform/config';
import { OrgContext } from '#tenancy';
import { ExecutionTakeover } from './execution-takeover.js';
import { type ExecutionsQueue, InjectExecutionsQueue } from './executions.queue.js';

/** The queue's door: enters the organisation and takes the run. A job whose row is someone else's or finished does nothing. */
@Injectable()
export class ExecutionsProcessor implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    @InjectExecutionsQueue() private readonly queue: ExecutionsQueue,
    private readonly takeover: ExecutionTakeover,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    this.queue.consume(async ({ executionId, orgId }) => {
      await OrgContext.run(orgId, () => this.takeover.take(executionId));
    }, this.settings.executions.workerConcurrency);
  }

  /** First step of shutdown: take no more. */
  async onModuleDestroy(): Promise<void> {
    await this.queue.pause();
  }
}
