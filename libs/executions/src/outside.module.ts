import { IntegrationsModule } from '#integrations';
import { ModelsModule } from '#models';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type Settings } from '#platform/config';
import { EgressClient } from '#platform/egress';
import { Sandbox } from '#sandbox';
import { ToolsModule } from '#tools';

/** For URLs that people put into their agents: no origin is trusted but what the operator opened by address range. */
export const AGENT_EGRESS = Symbol('agent-egress');
export type AgentEgress = Pick<EgressClient, 'request'>;

/** The ways out that runs have, and the place where code of theirs runs. */
@Module({
  imports: [IntegrationsModule, ModelsModule, ToolsModule],
  providers: [
    {
      provide: AGENT_EGRESS,
      inject: [SETTINGS],
      useFactory: ({ egress }: Settings) => new EgressClient({ allowCidrs: egress.allowCidrs }),
    },
    { provide: Sandbox, useFactory: () => new Sandbox() },
  ],
  exports: [AGENT_EGRESS, IntegrationsModule, ModelsModule, Sandbox, ToolsModule],
})
export class OutsideModule implements OnApplicationShutdown {
  constructor(
    @Inject(AGENT_EGRESS) private readonly agentEgress: EgressClient,
    private readonly sandbox: Sandbox,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.agentEgress.close(), this.sandbox.close()]);
  }
}
