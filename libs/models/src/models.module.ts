import { BillingModule } from '#billing';
import { IntegrationsModule } from '#integrations';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type Settings } from '#platform/config';
import { EgressClient } from '#platform/egress';
import { createProviders, ProviderRouter } from '#providers';
import { CallAllowances } from './calls/call-allowances.js';
import { EmbeddingCalls } from './calls/embedding-calls.js';
import { ModelDirectory } from './calls/model-directory.js';
import { ModelCalls } from './calls/model-calls.js';
import { OrgModels } from './calls/org-models.js';
import { OwnProviders } from './calls/own-providers.js';
import { OWN_PROVIDER_FETCH } from './calls/provider-egress.js';
import { ModelCatalogue } from './catalogue/model-catalogue.service.js';
import { ModelVersionsRepository } from './catalogue/model-versions.repository.js';
import { ModelsMetrics } from './models.metrics.js';
import { ModelPoliciesRepository } from './policy/model-policies.repository.js';
import { ModelPolicyService } from './policy/model-policy.service.js';
import { ProvidersHealth } from './providers-health.js';

/** For the installation's providers: base URLs from the operator's own settings are trusted. */
const PROVIDER_EGRESS = Symbol('provider-egress');

/** For keys of organisations: no origin is trusted but what the operator opened by address range. */
const OWN_PROVIDER_EGRESS = Symbol('own-provider-egress');

/** Wider than the router's own deadlines, which give the better message; a long answer is minutes, not seconds. */
const MODEL_CALL_LIMITS = {
  firstByteMs: 300_000,
  idleMs: 120_000,
  totalMs: 1_800_000,
  maxResponseBytes: 64 * 1024 * 1024,
};

const DOMAIN = [
  CallAllowances,
  EmbeddingCalls,
  ModelCalls,
  ModelCatalogue,
  ModelDirectory,
  ModelPoliciesRepository,
  ModelPolicyService,
  ModelsMetrics,
  ModelVersionsRepository,
  OrgModels,
  OwnProviders,
  ProvidersHealth,
];

/** Models and the calls to them, without the doors. */
@Module({
  imports: [BillingModule, IntegrationsModule],
  providers: [
    {
      provide: PROVIDER_EGRESS,
      inject: [SETTINGS],
      useFactory: ({ egress }: Settings) =>
        new EgressClient({ allowCidrs: egress.allowCidrs, trustedOrigins: egress.trustedOrigins }),
    },
    {
      provide: OWN_PROVIDER_EGRESS,
      inject: [SETTINGS],
      useFactory: ({ egress }: Settings) => new EgressClient({ allowCidrs: egress.allowCidrs }),
    },
    {
      provide: OWN_PROVIDER_FETCH,
      inject: [OWN_PROVIDER_EGRESS],
      useFactory: (egress: EgressClient) => egress.fetchWith({ limits: MODEL_CALL_LIMITS }),
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
          anthropic: models.anthropic ?? undefined,
          google: models.google ?? undefined,
          ollama: models.ollama ?? undefined,
          simulated: { wordsPerSecond: models.simulatedWordsPerSecond },
        }),
    },
    ...DOMAIN,
  ],
  exports: [...DOMAIN, ProviderRouter],
})
export class ModelsModule implements OnApplicationShutdown {
  constructor(
    @Inject(PROVIDER_EGRESS) private readonly egress: EgressClient,
    @Inject(OWN_PROVIDER_EGRESS) private readonly ownEgress: EgressClient,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.egress.close(), this.ownEgress.close()]);
  }
}
