import { Injectable } from '@nestjs/common';
import { LiveBus } from '#platform/events';
import { InjectLogger, type Logger } from '#platform/logging';
import { CANCEL_CHANNEL } from '../cancel-channel.js';
import { orgChannel } from '../execution-event.js';
import { executionJob, type ExecutionsQueue, InjectExecutionsQueue } from '../executions.queue.js';
import type { ExecutionStatus } from '../execution-status.js';

/** Tells whichever process works on a run that one of its waits was answered. */
export const WAKE_CHANNEL = 'execution-wake';

/** A run whose row has just been changed from outside, as it is now. */
export interface WokenRun {
  readonly id: string;
  readonly orgId: string;
  readonly attempt: number;
  readonly status: ExecutionStatus;
}

/** Tells after a commit that runs may go on. What gets lost on the way the reconciler and the heartbeat make good. */
@Injectable()
export class RunWaker {
  constructor(
    private readonly bus: LiveBus,
    @InjectExecutionsQueue() private readonly queue: ExecutionsQueue,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** Never rejects. */
  wake(runs: readonly WokenRun[]): Promise<void> {
    return this.tell(WAKE_CHANNEL, runs);
  }

  /** For runs whose row says already that they are to be cancelled. Never rejects. */
  stop(runs: readonly WokenRun[]): Promise<void> {
    return this.tell(CANCEL_CHANNEL, runs);
  }

  /** Never rejects. */
  async knock({ id, orgId, attempt }: Omit<WokenRun, 'status'>): Promise<void> {
    this.bus.publish(orgChannel(orgId), id);
    await this.queue.add(executionJob(id, orgId, attempt)).catch((error: unknown) => {
      this.logger.warn({ err: error, executionId: id }, 'the queue does not answer; the reconciler will add the run');
    });
  }

  private async tell(channel: string, runs: readonly WokenRun[]): Promise<void> {
    for (const run of runs) {
      if (run.status === 'queued') await this.knock(run);
      else this.bus.publish(channel, run.id);
    }
  }
}
