import { BullModule, type BullModuleOptions, getQueueToken } from '@nestjs/bull';
import { type DynamicModule, Module } from '@nestjs/common';
import type { Queue } from 'bull';
import type { Settings } from '../config/index.js';
import { type Logger, LOGGER } from '../logging/index.js';
import { BullWorkQueue } from './bull-work-queue.js';
import { InProcessQueue } from './in-process-queue.js';
import type { Job } from './work-queue.js';

@Module({})
class QueueModule {}

/**
 * A named queue: Bull when there is a Redis, in-process otherwise.
 * @param token what the queue is injected by
 */
export function queueModule(name: string, token: symbol, settings: Settings): DynamicModule {
  if (settings.redisUrl === null) {
    return {
      module: QueueModule,
      providers: [{ provide: token, inject: [LOGGER], useFactory: (logger: Logger) => new InProcessQueue(logger) }],
      exports: [token],
    };
  }
  return {
    module: QueueModule,
    imports: [BullModule.registerQueue({ name, ...bullOptions(settings.redisUrl) })],
    providers: [
      {
        provide: token,
        inject: [getQueueToken(name), LOGGER],
        useFactory: (queue: Queue<Job>, logger: Logger) => new BullWorkQueue(queue, logger),
      },
    ],
    exports: [token],
  };
}

function bullOptions(url: string): BullModuleOptions {
  return {
    url,
    prefix: 'agentflow:queue',
    // A stalled job is ours to judge, by the lease in its row; Bull would wait a minute and might run it twice.
    settings: { stalledInterval: 0, maxStalledCount: 0, lockDuration: 60_000 },
    redis: { maxRetriesPerRequest: null, enableReadyCheck: false, connectTimeout: 5_000 },
  };
}
