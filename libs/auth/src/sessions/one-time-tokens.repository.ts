import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { OrgDatabase } from '#tenancy';
import { hashSecret, makeSecret } from '../secret-token.js';
import { OneTimeToken, type OneTimePurpose } from './one-time-token.entity.js';

const LIFETIME_MS: Readonly<Record<OneTimePurpose, number>> = {
  'sign-in': 24 * 60 * 60_000,
  'reset-password': 15 * 60_000,
  'verify-email': 3 * 24 * 60 * 60_000,
};

/** Tokens of people, who belong to no organisation; callers are inside an organisation or `acrossOrgs`. */
@Injectable()
export class OneTimeTokensRepository {
  constructor(private readonly database: OrgDatabase) {}

  /** @returns the secret for the link, which is kept nowhere */
  async add(userId: string, purpose: OneTimePurpose): Promise<string> {
    const secret = makeSecret();
    await this.database.transaction(async (manager) => {
      await manager.query('DELETE FROM one_time_token WHERE user_id = $1 AND expires_at < now()', [userId]);
      await manager.insert(OneTimeToken, {
        id: newId(),
        userId,
        purpose,
        tokenHash: hashSecret(secret),
        expiresAt: new Date(Date.now() + LIFETIME_MS[purpose]),
        usedAt: null,
      });
    });
    return secret;
  }

  /** Spends the token, whoever of two callers comes first. @returns its person, or null when it is not good any more */
  spend(secret: string, purpose: OneTimePurpose): Promise<string | null> {
    return this.database.transaction(async (manager) => {
      const [rows] = await manager.query<[{ user_id: string }[], number]>(
        `UPDATE one_time_token SET used_at = now()
          WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > now() RETURNING user_id`,
        [hashSecret(secret), purpose],
      );
      return rows[0]?.user_id ?? null;
    });
  }

  /** Whether the token would be good; spends nothing. */
  isGood(secret: string, purpose: OneTimePurpose): Promise<boolean> {
    return this.database.transaction(async (manager) => {
      const rows = await manager.query<unknown[]>(
        'SELECT 1 FROM one_time_token WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > now()',
        [hashSecret(secret), purpose],
      );
      return rows.length > 0;
    });
  }

  /** Ends every way in that a link could still open: after a new password, old links are a stranger's. */
  async endAllOf(userId: string): Promise<void> {
    await this.database.transaction((manager) =>
      manager.query(
        `UPDATE one_time_token SET used_at = now() WHERE user_id = $1 AND used_at IS NULL AND purpose IN ('sign-in', 'reset-password')`,
        [userId],
      ),
    );
  }
}
