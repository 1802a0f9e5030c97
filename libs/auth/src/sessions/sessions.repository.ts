import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { OrgDatabase } from '#tenancy';
import { hashSecret, makeSecret } from '../secret-token.js';
import { AuthSession } from './auth-session.entity.js';
import { RefreshToken } from './refresh-token.entity.js';

/** A session ends this long after its last renewal. */
export const SESSION_LIFETIME_MS = 30 * 24 * 60 * 60_000;

/** What a refresh token turned out to be. Not an exception, because a re-used one must be acted on and committed. */
export type Renewal =
  | { readonly kind: 'renewed'; readonly sessionId: string; readonly userId: string; readonly refreshToken: string }
  | { readonly kind: 'reused'; readonly sessionId: string; readonly userId: string }
  | { readonly kind: 'unknown' };

/** Sessions of people, who belong to no organisation; callers are inside an organisation or `acrossOrgs`. */
@Injectable()
export class SessionsRepository {
  constructor(private readonly database: OrgDatabase) {}

  /** Opens a session and its first refresh token. */
  async open(userId: string, userAgent: string | null): Promise<{ sessionId: string; refreshToken: string }> {
    const sessionId = newId();
    const expiresAt = new Date(Date.now() + SESSION_LIFETIME_MS);
    const refreshToken = await this.database.transaction(async (manager) => {
      await manager.query(
        `DELETE FROM auth_session WHERE user_id = $1 AND (expires_at < now() OR revoked_at < now() - interval '30 days')`,
        [userId],
      );
      await manager.insert(AuthSession, {
        id: sessionId,
        userId,
        userAgent: userAgent?.slice(0, 400) ?? null,
        lastUsedAt: new Date(),
        expiresAt,
        revokedAt: null,
      });
      return this.addToken(sessionId, expiresAt);
    });
    return { sessionId, refreshToken };
  }

  /** Spends a refresh token for the next one. A token that was spent before ends the whole session. */
  renew(refreshToken: string): Promise<Renewal> {
    return this.database.transaction(async (manager) => {
      const [token] = await manager.query<{ id: string; usedAt: Date | null; sessionId: string; userId: string }[]>(
        `SELECT t.id, t.used_at AS "usedAt", s.id AS "sessionId", s.user_id AS "userId"
           FROM refresh_token t JOIN auth_session s ON s.id = t.session_id
          WHERE t.token_hash = $1 AND t.expires_at > now() AND s.revoked_at IS NULL AND s.expires_at > now()
            FOR UPDATE`,
        [hashSecret(refreshToken)],
      );
      if (!token) return { kind: 'unknown' };
      const { sessionId, userId } = token;
      if (token.usedAt !== null) {
        await this.revoke(sessionId);
        return { kind: 'reused', sessionId, userId };
      }
      const expiresAt = new Date(Date.now() + SESSION_LIFETIME_MS);
      await manager.update(RefreshToken, { id: token.id }, { usedAt: new Date() });
      await manager.update(AuthSession, { id: sessionId }, { lastUsedAt: new Date(), expiresAt });
      await manager.query('DELETE FROM refresh_token WHERE session_id = $1 AND expires_at < now()', [sessionId]);
      return { kind: 'renewed', sessionId, userId, refreshToken: await this.addToken(sessionId, expiresAt) };
    });
  }

  async revoke(sessionId: string): Promise<void> {
    await this.database.transaction((manager) =>
      manager.query('UPDATE auth_session SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL', [sessionId]),
    );
  }

  /** @param exceptSessionId the one that stays */
  async revokeAllOf(userId: string, exceptSessionId: string | null = null): Promise<void> {
    await this.database.transaction((manager) =>
      manager.query(
        'UPDATE auth_session SET revoked_at = now() WHERE user_id = $1 AND revoked_at IS NULL AND id IS DISTINCT FROM $2::uuid',
        [userId, exceptSessionId],
      ),
    );
  }

  private async addToken(sessionId: string, expiresAt: Date): Promise<string> {
    const secret = makeSecret();
    await this.database.transaction((manager) =>
      manager.insert(RefreshToken, { id: newId(), sessionId, tokenHash: hashSecret(secret), usedAt: null, expiresAt }),
    );
    return secret;
  }
}
