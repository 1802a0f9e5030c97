import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type Settings } from '#platform/config';
import { EgressClient } from '#platform/egress';
import { ToolsModule, VaultCredentials } from '#tools';
import { McpAdapter } from './mcp/mcp-adapter.js';
import { OpenApiAdapter } from './openapi/openapi.adapter.js';
import { OwnTools } from './own-tools.js';
import { ToolSetAdapters } from './tool-set-adapters.js';
import { ToolSetDiscovery } from './tool-set-discovery.js';
import { ToolSetRefresh } from './tool-set-refresh.js';
import { ToolSetToolsRepository } from './tool-set-tools.repository.js';
import { TOOL_SETS_EGRESS } from './tool-sets-egress.js';
import { ToolSetsRepository } from './tool-sets.repository.js';

const DOMAIN = [ToolSetDiscovery, ToolSetRefresh, ToolSetToolsRepository, ToolSetsRepository];

/** The tools that organisations brought themselves, for runs and for the door; without the screens' own. */
@Module({
  imports: [ToolsModule],
  providers: [
    {
      provide: TOOL_SETS_EGRESS,
      inject: [SETTINGS],
      useFactory: ({ egress }: Settings) => new EgressClient({ allowCidrs: egress.allowCidrs }),
    },
    {
      provide: ToolSetAdapters,
      inject: [TOOL_SETS_EGRESS, VaultCredentials],
      useFactory: (egress: EgressClient, credentials: VaultCredentials) =>
        new ToolSetAdapters([new McpAdapter(egress, credentials), new OpenApiAdapter(egress, credentials)]),
    },
    OwnTools,
    ...DOMAIN,
  ],
  exports: [ToolsModule, TOOL_SETS_EGRESS, ...DOMAIN],
})
export class ToolSetsModule implements OnApplicationShutdown {
  constructor(@Inject(TOOL_SETS_EGRESS) private readonly egress: EgressClient) {}

  async onApplicationShutdown(): Promise<void> {
    await this.egress.close();
  }
}
