import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CredentialSecrets } from '../credential-secrets.js';
import { signInRefused, stateInvalid } from '../integrations.errors.js';
import { IntegrationsRepository } from '../integrations.repository.js';
import { assertEditable } from '../integrations.service.js';
import { BegunSignIns } from './begun-sign-ins.js';
import { SignInEndpoints } from './sign-in-endpoints.js';
import { TokenEndpoint } from './token-endpoint.js';

/** What a service's page brings back. */
export interface SignInAnswer {
  readonly state: string;
  readonly code?: string;
  /** The service's word for why there is no code. */
  readonly error?: string;
}

/** Signing in at a service for a credential: authorization code with PKCE, and a state that only its beginner can use. */
@Injectable()
export class OAuthSignIn {
  constructor(
    private readonly integrations: IntegrationsRepository,
    private readonly secrets: CredentialSecrets,
    private readonly begun: BegunSignIns,
    private readonly tokens: TokenEndpoint,
    private readonly endpoints: SignInEndpoints,
  ) {}

  /**
   * Where to send the person.
   * @throws AppError not found · credential.not_editable · credential.no_oauth · oauth.no_discovery · oauth.refused
   */
  async begin(id: string): Promise<string> {
    const row = await this.integrations.findSealed(id);
    assertEditable(row);
    const endpoints = await this.endpoints.found(row);
    const oauth = endpoints ?? (await this.endpoints.known(row));
    const redirectUri = this.endpoints.redirectUri();
    const { state, verifier } = await this.begun.begin({ integrationId: row.id, redirectUri, endpoints });
    const url = new URL(oauth.authorizationUrl);
    const asked = {
      ...oauth.more,
      response_type: 'code',
      client_id: oauth.clientId,
      redirect_uri: redirectUri,
      ...(oauth.scope !== '' && { scope: oauth.scope }),
      ...(oauth.resource !== undefined && { resource: oauth.resource }),
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
    return url.href;
  }

  /** Keeps the tokens. @returns the credential's id @throws AppError oauth.state_invalid (400) · oauth.refused */
  async complete({ state, code, error }: SignInAnswer): Promise<string> {
    const begun = await this.begun.take(state);
    if (!begun) throw stateInvalid();
    if (code === undefined) throw signInRefused(/^[a-z_]{1,60}$/.test(error ?? '') ? error! : 'no code');
    const { integrationId, verifier, redirectUri, endpoints } = begun;
    const row = await this.integrations.findSealed(integrationId);
    assertEditable(row);
    // What one server gives must not become the token of another that the credential was pointed at in between.
    if (endpoints !== null && !(await this.endpoints.areStillMeant(endpoints, row))) throw stateInvalid();
    const oauth = endpoints ?? (await this.endpoints.known(row));
    const { expiresAt, ...tokens } = await this.tokens.exchange(oauth, { code, verifier, redirectUri });
    const sealedTokens = await this.secrets.sealTokens(row.id, { ...tokens, ...(endpoints && { endpoints }) });
    await this.integrations.change(row.id, { sealedTokens, tokensExpireAt: expiresAt });
    return row.id;
  }
}
