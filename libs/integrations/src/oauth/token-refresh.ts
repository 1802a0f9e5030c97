import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AppError, unavailable } from '#platform/errors';
import { OrgContext } from '#tenancy';
import { CredentialSecrets } from '../credential-secrets.js';
import { credentialNotFound, notConnected, signInExpired } from '../integrations.errors.js';
import { IntegrationsRepository, type SealedIntegration } from '../integrations.repository.js';
import type { OAuthEndpoints } from '../kinds/credential-kind.js';
import { TokenEndpoint } from './token-endpoint.js';

/** Tokens are renewed when they have no more than this left, so that none expires on its way. */
const SPARE_MS = 60_000;
const POLL_MS = 150;
/** Longer than a renewal may take, and than the right to one lasts. */
const LONGEST_WAIT_MS = 35_000;

/**
 * Access tokens that are good for a while yet. Of all callers in all processes one renews: services that give a new
 * refresh token each time take a second use of the old one for theft and end the sign-in. The right to renew is a
 * moment in the row and no open transaction, because a service may take its time.
 */
@Injectable()
export class TokenRefresh {
  private readonly underWay = new Map<string, Promise<string>>();

  constructor(
    private readonly integrations: IntegrationsRepository,
    private readonly secrets: CredentialSecrets,
    private readonly endpoint: TokenEndpoint,
  ) {}

  /**
   * @param oauth as the kind knows them; null where they are kept with the tokens
   * @throws AppError credential.sign_in_expired · credential.not_connected · unavailable
   */
  async accessToken(row: SealedIntegration, oauth: OAuthEndpoints | null): Promise<string> {
    const fresh = await this.freshToken(row);
    if (fresh !== null) return fresh;
    const key = `${OrgContext.require()} ${row.id}`;
    const running = this.underWay.get(key);
    if (running) return running;
    const renewal = this.renewOrWait(row.id, oauth).finally(() => this.underWay.delete(key));
    this.underWay.set(key, renewal);
    return renewal;
  }

  private async renewOrWait(id: string, oauth: OAuthEndpoints | null): Promise<string> {
    const until = Date.now() + LONGEST_WAIT_MS;
    while (Date.now() < until) {
      if (await this.integrations.takeRefresh(id)) return this.renew(id, oauth);
      const row = await this.integrations.findSealed(id);
      if (!row) throw credentialNotFound();
      const fresh = await this.freshToken(row);
      if (fresh !== null) return fresh;
      await sleep(POLL_MS);
    }
    throw unavailable('oauth.unavailable', 'The sign-in is being renewed and this takes too long. Try again.');
  }

  private async renew(id: string, oauth: OAuthEndpoints | null): Promise<string> {
    const row = await this.integrations.findSealed(id);
    if (!row) throw credentialNotFound();
    try {
      const tokens = await this.secrets.openTokens(row);
      if (tokens === null) throw notConnected();
      const { refreshToken, endpoints } = tokens;
      const at = oauth ?? endpoints;
      if (refreshToken === null || at === undefined) throw signInExpired();
      const { expiresAt, ...renewed } = await this.endpoint.renew(at, refreshToken);
      const sealedTokens = await this.secrets.sealTokens(id, { ...renewed, ...(endpoints && { endpoints }) });
      await this.integrations.endRefresh(id, { sealedTokens, tokensExpireAt: expiresAt });
      return renewed.accessToken;
    } catch (error) {
      await this.integrations.endRefresh(id, null);
      throw error instanceof AppError && error.code === 'oauth.refused' ? signInExpired() : error;
    }
  }

  /** Null when it has to be renewed. */
  private async freshToken(row: SealedIntegration): Promise<string | null> {
    const tokens = await this.secrets.openTokens(row);
    if (tokens === null) throw notConnected();
    const { tokensExpireAt } = row;
    return tokensExpireAt === null || tokensExpireAt.getTime() - Date.now() > SPARE_MS ? tokens.accessToken : null;
  }
}
