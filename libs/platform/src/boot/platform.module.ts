import { type DynamicModule, Module } from '@nestjs/common';
import { SettingsModule } from '../config/index.js';
import { DatabaseModule } from '../database/index.js';
import { LiveBusModule } from '../events/index.js';
import { HealthModule } from '../health/index.js';
import { HttpPlatformModule } from '../http/index.js';
import { LoggingModule } from '../logging/index.js';
import { MailModule } from '../mail/index.js';
import { MetricsModule } from '../metrics/index.js';
import { SecretsModule } from '../secrets/index.js';
import type { Foundation } from './foundation.js';

/** The plumbing that every domain finds in place. */
@Module({})
export class PlatformModule {
  static forRoot({ settings, logger, database }: Foundation): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        SettingsModule.forRoot(settings),
        LoggingModule.forRoot(logger),
        DatabaseModule.forRoot(database),
        LiveBusModule,
        MailModule,
        MetricsModule,
        SecretsModule,
        HttpPlatformModule,
        HealthModule,
      ],
    };
  }
}
