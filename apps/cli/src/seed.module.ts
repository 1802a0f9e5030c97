import { AgentsApiModule } from '#agents';
import { AuthApiModule } from '#auth';
import { ExecutionsModule } from '#executions';
import { type DynamicModule, Module } from '@nestjs/common';
import { type Foundation, PlatformModule } from '#platform/boot';
import { TenancyModule } from '#tenancy';
import { Seeder } from './seeder.js';

/** The domains without listening. */
@Module({})
export class SeedModule {
  static forRoot(foundation: Foundation): DynamicModule {
    return {
      module: SeedModule,
      imports: [
        PlatformModule.forRoot(foundation),
        TenancyModule,
        AuthApiModule,
        AgentsApiModule,
        ExecutionsModule.forRoot(foundation.settings),
      ],
      providers: [Seeder],
    };
  }
}
