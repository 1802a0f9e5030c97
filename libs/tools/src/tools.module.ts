import { ConnectionTesters, IntegrationsModule } from '#integrations';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type Settings } from '#platform/config';
import { EgressClient } from '#platform/egress';
import { LOGGER, type Logger } from '#platform/logging';
import { DATABASE_KINDS } from './services/database/ask-database.js';
import { tryDatabase } from './services/database/try-database.js';
import { builtInTools } from './built-in/built-in-tools.js';
import { VaultCredentials } from './tool-credential.js';
import { ToolRegistry } from './tool-registry.js';

/** For addresses that models and authors of agents come up with: no origin is trusted. */
const TOOL_EGRESS = Symbol('tool-egress');

/** The tools, for runs and for the door. */
@Module({
  imports: [IntegrationsModule],
  providers: [
    VaultCredentials,
    {
      provide: TOOL_EGRESS,
      inject: [SETTINGS],
      useFactory: ({ egress }: Settings) => new EgressClient({ allowCidrs: egress.allowCidrs }),
    },
    {
      provide: ToolRegistry,
      inject: [TOOL_EGRESS, VaultCredentials, LOGGER],
      useFactory: (egress: EgressClient, credentials: VaultCredentials, logger: Logger) =>
        new ToolRegistry(builtInTools(egress), {
          credentials,
          onCall: (call) => logger.info(call, 'tool called'),
        }),
    },
  ],
  exports: [IntegrationsModule, ToolRegistry, VaultCredentials],
})
export class ToolsModule implements OnApplicationShutdown {
  constructor(
    @Inject(TOOL_EGRESS) private readonly egress: EgressClient,
    testers: ConnectionTesters,
  ) {
    for (const kind of DATABASE_KINDS) testers.register(kind, (fields) => tryDatabase(egress, kind, fields));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.egress.close();
  }
}
