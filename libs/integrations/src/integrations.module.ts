import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type Settings } from '#platform/config';
import { EgressClient } from '#platform/egress';
import { ConnectionTest } from './connection-test.js';
import { ConnectionTesters } from './connection-testers.js';
import { CredentialSecrets } from './credential-secrets.js';
import { CredentialVault } from './credential-vault.js';
import { INTEGRATIONS_EGRESS } from './integrations-egress.js';
import { IntegrationsReadModel } from './integrations.read-model.js';
import { IntegrationsRepository } from './integrations.repository.js';
import { IntegrationsService } from './integrations.service.js';
import { OAuthAuthorizationsRepository } from './oauth/oauth-authorizations.repository.js';
import { TokenEndpoint } from './oauth/token-endpoint.js';
import { TokenRefresh } from './oauth/token-refresh.js';

const DOMAIN = [
  ConnectionTest,
  ConnectionTesters,
  CredentialSecrets,
  CredentialVault,
  IntegrationsReadModel,
  IntegrationsRepository,
  IntegrationsService,
  OAuthAuthorizationsRepository,
  TokenEndpoint,
  TokenRefresh,
];

/** Credentials, for everything that acts for an organisation; without the doors. */
@Module({
  providers: [
    {
      provide: INTEGRATIONS_EGRESS,
      inject: [SETTINGS],
      useFactory: ({ egress }: Settings) => new EgressClient({ allowCidrs: egress.allowCidrs }),
    },
    ...DOMAIN,
  ],
  exports: [INTEGRATIONS_EGRESS, ...DOMAIN],
})
export class IntegrationsModule implements OnApplicationShutdown {
  constructor(@Inject(INTEGRATIONS_EGRESS) private readonly egress: EgressClient) {}

  async onApplicationShutdown(): Promise<void> {
    await this.egress.close();
  }
}
