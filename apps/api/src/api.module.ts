import { AgentsApiModule } from '#agents';
import { AuthApiModule } from '#auth';
import { BillingApiModule } from '#billing';
import { ChatApiModule, ChatMaintenanceModule } from '#chat';
import {
  ExecutionsApiModule,
  ExecutionsMaintenanceModule,
  ExecutionsModule,
  ExecutionsWorkerModule,
} from '#executions';
import { IntegrationsApiModule } from '#integrations';
import { McpApiModule } from '#mcp';
import { ModelsApiModule } from '#models';
import { type DynamicModule, type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { type Foundation, PlatformModule } from '#platform/boot';
import { HttpMetricsMiddleware } from '#platform/http';
import { PromptsApiModule } from '#prompts';
import { TenancyModule } from '#tenancy';
import { ToolSetsApiModule } from '#tool-sets';
import { ToolsApiModule } from '#tools';
import { TriggersApiModule, TriggersMaintenanceModule } from '#triggers';
import { WebhooksApiModule, WebhooksMaintenanceModule } from '#webhooks';
import { PromptTryRunsModule } from './prompt-try-runs.module.js';
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
        BillingApiModule,
        ChatApiModule,
        ChatMaintenanceModule,
        IntegrationsApiModule,
        McpApiModule,
        ModelsApiModule,
        PromptTryRunsModule,
        PromptsApiModule,
        ToolsApiModule,
        ToolSetsApiModule,
        ExecutionsMaintenanceModule,
        TriggersApiModule,
        TriggersMaintenanceModule,
        WebhooksApiModule,
        WebhooksMaintenanceModule,
        ...(foundation.settings.role === 'all' ? [ExecutionsWorkerModule] : []),
      ],
      providers: [SampleRun],
    };
  }
}
