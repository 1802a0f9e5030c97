import { OrgContext } from '#tenancy';
import { CredentialSecrets, type OAuthTokens } from '../credential-secrets.js';
import { IntegrationsRepository } from '../integrations.repository.js';

interface Container {
  get<T>(token: abstract new (...given: never[]) => T, options: { strict: false }): T;
}

/**
 * Leaves a credential as a sign-in at its service would.
 * @param tokensExpireAt never by default
 */
export async function signInFor(
  app: Container,
  orgId: string,
  id: string,
  tokens: OAuthTokens,
  tokensExpireAt: Date | null = null,
): Promise<void> {
  await OrgContext.run(orgId, async () => {
    const sealedTokens = await app.get(CredentialSecrets, { strict: false }).sealTokens(id, tokens);
    await app.get(IntegrationsRepository, { strict: false }).change(id, { sealedTokens, tokensExpireAt });
  });
}
