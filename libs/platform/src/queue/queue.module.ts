import { BullModule, getQueueToken } from '@nestjs/bull';
import { type DynamicModule, Module } from '@nestjs/common';
import Bull, { type Queue } from 'bull';
import type { Settings } from '../config/index.js';
import { type Logger, LOGGER } from '../logging/index.js';
import { bullOptions } from './bull-options.js';
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
  const options = bullOptions(settings.redisUrl);
  return {
    module: QueueModule,
    imports: [BullModule.registerQueue({ name, ...options })],
    providers: [
      {
        provide: token,
        inject: [getQueueToken(name), LOGGER],
        useFactory: (queue: Queue<Job>, logger: Logger) =>
          new BullWorkQueue(queue, logger, () => new Bull<Job>(name, options.url, options)),
      },
    ],
    exports: [token],
  };
}
