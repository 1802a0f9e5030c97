import { AuthModule } from '#auth';
import { ChatMaintenanceModule } from '#chat';
import { ExecutionsMaintenanceModule, ExecutionsModule, ExecutionsWorkerModule } from '#executions';
import { type DynamicModule, Module } from '@nestjs/common';
import { type Foundation, PlatformModule } from '#platform/boot';
import { TenancyModule } from '#tenancy';
import { ToolSetsModule } from '#tool-sets';
import { TriggersMaintenanceModule } from '#triggers';
import { WebhooksMaintenanceModule } from '#webhooks';

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
        ChatMaintenanceModule,
        ExecutionsModule.forRoot(foundation.settings),
        ExecutionsMaintenanceModule,
        ExecutionsWorkerModule,
        ToolSetsModule,
        TriggersMaintenanceModule,
        WebhooksMaintenanceModule,
      ],
    };
  }
}
