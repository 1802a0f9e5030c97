import { AgentsApiModule } from '#agents';
import { AuthApiModule } from '#auth';
import { ExecutionsApiModule, ExecutionsMaintenanceModule, ExecutionsModule, ExecutionsWorkerModule } from '#executions';
import { type DynamicModule, Module } from '@nestjs/common';
import { type Foundation, PlatformModule } from '#platform/boot';
import { TenancyModule } from '#tenancy';
import { HealthController } from './health.controller.js';
import { HttpMetrics } from './http-metrics.js';
import { MetricsController } from './metrics.controller.js';
import { Readiness } from './readiness.js';

/** The API process: every domain with its doors, and the worker too unless the role says otherwise. */
@Module({})
export class ApiModule {
  static forRoot(foundation: Foundation): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        PlatformModule.forRoot(foundation),
        TenancyModule,
        AuthApiModule,
        AgentsApiModule,
        ExecutionsModule.forRoot(foundation.settings),
        ExecutionsApiModule,
        ExecutionsMaintenanceModule,
        ...(foundation.settings.role === 'all' ? [ExecutionsWorkerModule] : []),
      ],
      controllers: [HealthController, MetricsController],
      providers: [HttpMetrics, Readiness],
    };
  }
}
