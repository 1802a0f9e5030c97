import { createHash, randomBytes } from 'node:crypto';
import { currentPrincipal } from '#auth';
import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { OrgSecrets } from '#tenancy';
import { OAuthAuthorizationsRepository } from './oauth-authorizations.repository.js';
import type { FoundEndpoints } from './sign-in-endpoints.js';

const LIFETIME_MS = 10 * 60_000;
const VERIFIER = 'oauth_authorization.sealed_verifier';

/** A sign-in between its two halves. */
export interface BegunSignIn {
  readonly integrationId: string;
  /** Of PKCE. */
  readonly verifier: string;
  readonly redirectUri: string;
  /** What the first half has found out; null where the kind of the credential knows it. */
  readonly endpoints: FoundEndpoints | null;
}

/** Sign-ins that may still come back, each once, within ten minutes, and to its beginner alone. */
@Injectable()
export class BegunSignIns {
  constructor(
    private readonly authorizations: OAuthAuthorizationsRepository,
    private readonly secrets: OrgSecrets,
  ) {}

  /** @returns the state by which it is known when it comes back, and the verifier whose hash goes along */
  async begin(signIn: Omit<BegunSignIn, 'verifier'>): Promise<{ state: string; verifier: string }> {
    const [state, verifier] = [random(), random()];
    const { integrationId, redirectUri, endpoints } = signIn;
    const id = newId();
    // A verifier is no JSON object, so it may also be kept as it is.
    const kept = endpoints === null ? verifier : JSON.stringify({ verifier, endpoints });
    await this.authorizations.begin({
      id,
      integrationId,
      userId: currentPrincipal().userId,
      stateHash: hash(state),
      sealedVerifier: await this.secrets.seal(kept, { field: VERIFIER, rowId: id }),
      redirectUri,
      expiresAt: new Date(Date.now() + LIFETIME_MS),
    });
    return { state, verifier };
  }

  /** Null for a state that is wrong, used, too old, or somebody else's. */
  async take(state: string): Promise<BegunSignIn | null> {
    const begun = await this.authorizations.take(hash(state), currentPrincipal().userId);
    if (begun === null) return null;
    const { id, integrationId, redirectUri, sealedVerifier } = begun;
    const kept = await this.secrets.open(sealedVerifier, { field: VERIFIER, rowId: id });
    const { verifier, endpoints } = kept.startsWith('{')
      ? (JSON.parse(kept) as Pick<BegunSignIn, 'verifier' | 'endpoints'>)
      : { verifier: kept, endpoints: null };
    return { integrationId, redirectUri, verifier, endpoints };
  }
}

const random = (): string => randomBytes(32).toString('base64url');

const hash = (state: string): string => createHash('sha256').update(state).digest('hex');
