import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type Settings } from '../config/index.js';
import { type Logger, LOGGER } from '../logging/index.js';
import { LiveBus } from './live-bus.js';
import { LocalBus } from './local-bus.js';
import { RedisBus } from './redis-bus.js';

@Global()
@Module({
  providers: [
    {
      provide: LiveBus,
      inject: [SETTINGS, LOGGER],
      useFactory: ({ redisUrl }: Settings, logger: Logger) =>
        redisUrl === null ? new LocalBus() : new RedisBus(redisUrl, logger),
    },
  ],
  exports: [LiveBus],
})
export class LiveBusModule implements OnApplicationShutdown {
  constructor(@Inject(LiveBus) private readonly bus: LiveBus) {}

  async onApplicationShutdown(): Promise<void> {
    await this.bus.close();
  }
}
