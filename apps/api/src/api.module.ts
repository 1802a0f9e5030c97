import { AgentsApiModule } from '#agents';
import { AuthApiModule } from '#auth';
import {
  ExecutionsApiModule,
  ExecutionsMaintenanceModule,
  ExecutionsModule,
  ExecutionsWorkerModule,
} from '#executions';
import { type DynamicModule, type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { type Foundation, PlatformModule } from '#platform/boot';
import { HttpMetricsMiddleware } from '#platform/http';
import { TenancyModule } from '#tenancy';
import { ToolsApiModule } from '#tools';
import { TriggersApiModule, TriggersMaintenanceModule } from '#triggers';
import { SampleRun } from './sample-run.js';

/** The API process: every domain with its doors, and the worker too unless the role says otherwise. */
@Module({})
export class ApiModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(HttpMetricsMiddleware).forRoutes('{*path}');
  }

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
        ToolsApiModule,
        ExecutionsMaintenanceModule,
        TriggersApiModule,
        TriggersMaintenanceModule,
        ...(foundation.settings.role === 'all' ? [ExecutionsWorkerModule] : []),
      ],
      providers: [SampleRun],
    };
  }
}
