import { PublicAddress } from '#auth';
import { Injectable } from '@nestjs/common';
import { CredentialSecrets } from '../credential-secrets.js';
import { noOAuth } from '../integrations.errors.js';
import type { SealedIntegration } from '../integrations.repository.js';
import { kindOf } from '../integrations.service.js';
import type { OAuthEndpoints } from '../kinds/credential-kind.js';
import { ClientRegistration } from './client-registration.js';
import { OAuthDiscovery } from './oauth-discovery.js';
import { OAuthDocuments } from './oauth-documents.js';

/** The page of the dashboard to which services send people back. */
const RETURN_PATH = '/credentials/connected';

/** Endpoints that a server was asked for, and the address by which it was. */
export interface FoundEndpoints extends OAuthEndpoints {
  readonly server: string;
}

/** Where people sign in for a credential: as its kind knows it, or as the server of the credential says it. */
@Injectable()
export class SignInEndpoints {
  constructor(
    private readonly secrets: CredentialSecrets,
    private readonly address: PublicAddress,
    private readonly documents: OAuthDocuments,
    private readonly discovery: OAuthDiscovery,
    private readonly registration: ClientRegistration,
  ) {}

  redirectUri(): string {
    return this.address.link(RETURN_PATH);
  }

  /** As the kind knows them. @throws AppError credential.no_oauth */
  async known(row: SealedIntegration): Promise<OAuthEndpoints> {
    const oauth = kindOf(row).oauth?.(await this.secrets.openFields(row)) ?? null;
    if (oauth === null) throw noOAuth();
    return oauth;
  }

  /**
   * As the server of the credential says; null for a credential whose kind knows them.
   * @throws AppError oauth.no_discovery · oauth.refused · oauth.unavailable, and of the egress door
   */
  async found(row: SealedIntegration): Promise<FoundEndpoints | null> {
    const protectedServer = kindOf(row).protectedServer?.(await this.secrets.openFields(row)) ?? null;
    if (protectedServer === null) return null;
    const { url: server, clientId, clientSecret, scope } = protectedServer;
    return this.documents.inTime(async (signal) => {
      const signIn = await this.discovery.find(server, signal);
      const wanted = { ...signIn, scope: scope ?? signIn.scope };
      const { resource, authorizationUrl, tokenUrl, clientAuthMethods } = wanted;
      const client =
        clientId === null
          ? await this.registration.register(wanted, this.redirectUri(), signal)
          : {
              clientId,
              clientSecret,
              clientAuth: takesForm(clientAuthMethods) ? ('post' as const) : ('basic' as const),
            };
      return { ...client, server, authorizationUrl, tokenUrl, resource, scope: wanted.scope };
    });
  }

  /** Whether endpoints that were found are those of the server that the credential names now. */
  async areStillMeant({ server }: FoundEndpoints, row: SealedIntegration): Promise<boolean> {
    return kindOf(row).protectedServer?.(await this.secrets.openFields(row))?.url === server;
  }
}

const takesForm = (methods: readonly string[]): boolean =>
  methods.includes('client_secret_post') || methods.includes('none');
