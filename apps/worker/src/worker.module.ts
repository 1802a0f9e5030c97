import { AuthModule } from '#auth';
import { ExecutionsMaintenanceModule, ExecutionsModule, ExecutionsWorkerModule } from '#executions';
import { type DynamicModule, Module } from '@nestjs/common';
import { type Foundation, PlatformModule } from '#platform/boot';
import { TenancyModule } from '#tenancy';
import { TriggersMaintenanceModule } from '#triggers';

/** The worker process: the same domains without controllers and gateways. */
@Module({})
export class WorkerModule {
  static forRoot(foundation: Foundation): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.forRoot(foundation),
        TenancyModule,
        AuthModule,
        ExecutionsModule.forRoot(foundation.settings),
        ExecutionsMaintenanceModule,
        ExecutionsWorkerModule,
        TriggersMaintenanceModule,
      ],
    };
  }
}
