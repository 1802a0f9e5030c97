import { Injectable } from '@nestjs/common';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { OAuthAuthorization } from './oauth-authorization.entity.js';

type Begun = Omit<OAuthAuthorization, 'orgId' | 'createdAt'>;

@Injectable()
export class OAuthAuthorizationsRepository extends OrgScopedRepository<OAuthAuthorization> {
  constructor(database: OrgDatabase) {
    super(database, OAuthAuthorization);
  }

  /** Begins one and forgets those of the organisation whose time is over. */
  async begin(values: Begun): Promise<void> {
    await this.statement('DELETE FROM oauth_authorization WHERE org_id = $1 AND expires_at < now()', [this.filter()]);
    await this.insertRow(values);
  }

  /** Ends it, so that nobody comes back twice. Null when this person has begun none, or too long ago. */
  async take(stateHash: string, userId: string): Promise<Begun | null> {
    const [row] = await this.statement<Begun>(
      `WITH taken AS (DELETE FROM oauth_authorization
                       WHERE org_id = $1 AND state_hash = $2 AND user_id = $3 AND expires_at > now() RETURNING *)
       SELECT id, integration_id AS "integrationId", user_id AS "userId", state_hash AS "stateHash",
              sealed_verifier AS "sealedVerifier", redirect_uri AS "redirectUri", expires_at AS "expiresAt" FROM taken`,
      [this.filter(), stateHash, userId],
    );
    return row ?? null;
  }
}
