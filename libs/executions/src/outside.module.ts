import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type Settings } from '#platform/config';
import { EgressClient } from '#platform/egress';
import { createProviders, ProviderRouter } from '#providers';
import { Sandbox } from '#sandbox';
import { ToolsModule } from '#tools';

/** For URLs that people put into their agents: no origin is trusted but what the operator opened by address range. */
export const AGENT_EGRESS = Symbol('agent-egress');
export type AgentEgress = Pick<EgressClient, 'request'>;

/** For model providers: base URLs from the operator's own settings are trusted. */
const PROVIDER_EGRESS = Symbol('provider-egress');

/** Wider than the router's own deadlines, which give the better message; a long answer is minutes, not seconds. */
const MODEL_CALL_LIMITS = {
  firstByteMs: 300_000,
  idleMs: 120_000,
  totalMs: 1_800_000,
  maxResponseBytes: 64 * 1024 * 1024,
};

/** The two ways out that runs have, and the place where code of theirs runs. */
@Module({
  imports: [ToolsModule],
  providers: [
    {
      provide: AGENT_EGRESS,
      inject: [SETTINGS],
      useFactory: ({ egress }: Settings) => new EgressClient({ allowCidrs: egress.allowCidrs }),
    },
    {
      provide: PROVIDER_EGRESS,
      inject: [SETTINGS],
      useFactory: ({ egress }: Settings) =>
        new EgressClient({ allowCidrs: egress.allowCidrs, trustedOrigins: egress.trustedOrigins }),
    },
    {
      provide: ProviderRouter,
      inject: [SETTINGS, PROVIDER_EGRESS],
      useFactory: ({ models }: Settings, egress: EgressClient) =>
        createProviders({
          fetch: egress.fetchWith({ limits: MODEL_CALL_LIMITS }),
          ...(models.openai && {
            openai: { apiKey: models.openai.apiKey, baseUrl: models.openai.baseUrl ?? undefined },
          }),
          simulated: { wordsPerSecond: models.simulatedWordsPerSecond },
        }),
    },
    { provide: Sandbox, useFactory: () => new Sandbox() },
  ],
  exports: [AGENT_EGRESS, ProviderRouter, Sandbox, ToolsModule],
})
export class OutsideModule implements OnApplicationShutdown {
  constructor(
    @Inject(AGENT_EGRESS) private readonly agentEgress: EgressClient,
    @Inject(PROVIDER_EGRESS) private readonly providerEgress: EgressClient,
    private readonly sandbox: Sandbox,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.agentEgress.close(), this.providerEgress.close(), this.sandbox.close()]);
  }
}
