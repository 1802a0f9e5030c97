import { Injectable } from '@nestjs/common';
import { isId } from '#platform/ids';
import { authErrors } from '../auth.errors.js';
import { ApiKeyUsage } from '../api-keys/api-key-usage.js';
import type { Principal } from '../principal.js';
import { hashSecret } from '../secret-token.js';
import { AccessTokenStrategy } from '../sessions/access-token.strategy.js';
import { CredentialsReadModel, type KeyAccess } from './credentials.read-model.js';
import { PrincipalCache } from './principal-cache.js';

/** A session's standing in one organisation: ended, alive elsewhere only, or a principal. */
type SessionStanding = Principal | 'ended' | 'not-a-member';

/** Finds out who is asking. On the path of every request and socket: one hash or signature, then a cache. */
@Injectable()
export class PrincipalService {
  constructor(
    private readonly tokens: AccessTokenStrategy,
    private readonly credentials: CredentialsReadModel,
    private readonly cache: PrincipalCache,
    private readonly usage: ApiKeyUsage,
  ) {}

  /**
   * @param token access token or API key, without "Bearer"
   * @param orgId the organisation the caller names; by default the token's own
   * @throws AppError unauthenticated when the token is not good, not_found when the organisation is not theirs
   */
  async authenticate(token: string, orgId?: string): Promise<Principal> {
    return token.startsWith('af_') ? this.byApiKey(token, orgId) : this.byAccessToken(token, orgId);
  }

  /** Whether this principal could still come in and may still do all that it could: for connections that stay open. */
  async isStillValid(principal: Principal): Promise<boolean> {
    const now = await this.presentStanding(principal);
    return now !== null && [...principal.permissions].every((permission) => now.permissions.has(permission));
  }

  private async byApiKey(key: string, orgId: string | undefined): Promise<Principal> {
    const hash = hashSecret(key);
    const principal = await this.cache.get(`key ${hash}`, async () => {
      const access = await this.credentials.findKeyByHash(hash);
      return access && keyPrincipal(access);
    });
    if (principal === null || hasExpired(principal)) throw authErrors.invalidApiKey();
    if (orgId !== undefined && orgId !== principal.orgId) throw authErrors.organisationNotFound();
    this.usage.note(principal.credentialId);
    return principal;
  }

  private async byAccessToken(token: string, orgId: string | undefined): Promise<Principal> {
    const claims = await this.tokens.check(token);
    if (orgId !== undefined && !isId(orgId)) throw authErrors.organisationNotFound();
    const standing = await this.session(claims.sessionId, orgId?.toLowerCase() ?? claims.orgId);
    if (standing === 'ended') throw authErrors.invalidToken();
    if (standing === 'not-a-member') {
      throw orgId === undefined ? authErrors.leftOrganisation() : authErrors.organisationNotFound();
    }
    if (standing.userId !== claims.userId) throw authErrors.invalidToken();
    return standing;
  }

  private session(sessionId: string, orgId: string): Promise<SessionStanding> {
    return this.cache.get(`session ${sessionId} ${orgId}`, async () => {
      const access = await this.credentials.findSession(sessionId, orgId);
      if (access === null) return 'ended';
      if (access.permissions === null) return 'not-a-member';
      const permissions = new Set(access.permissions);
      return { kind: 'user', userId: access.userId, credentialId: sessionId, orgId, permissions };
    });
  }

  private async presentStanding({ kind, credentialId, orgId }: Principal): Promise<Principal | null> {
    if (kind === 'user') {
      const standing = await this.session(credentialId, orgId);
      return typeof standing === 'string' ? null : standing;
    }
    const principal = await this.cache.get(`key-id ${credentialId}`, async () => {
      const access = await this.credentials.findKeyById(credentialId);
      return access && keyPrincipal(access);
    });
    return principal === null || hasExpired(principal) ? null : principal;
  }
}

interface KeyPrincipal extends Principal {
  readonly expiresAtMs: number;
}

function keyPrincipal({ keyId, orgId, makerId, expiresAt, permissions }: KeyAccess): KeyPrincipal {
  const expiresAtMs = expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
  return {
    kind: 'api-key',
    userId: makerId,
    credentialId: keyId,
    orgId,
    permissions: new Set(permissions),
    expiresAtMs,
  };
}

function hasExpired({ expiresAtMs }: KeyPrincipal): boolean {
  return expiresAtMs <= Date.now();
}
