import { Injectable } from '@nestjs/common';
import { SecretUnreadableError } from '#platform/secrets';
import { OrgSecrets } from '#tenancy';
import type { SealedIntegration } from './integrations.repository.js';
import { credentialUnreadable } from './integrations.errors.js';
import type { FieldValues, OAuthEndpoints } from './kinds/credential-kind.js';

/** What a sign-in by OAuth has given. */
export interface OAuthTokens {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  /** Where they are renewed, where the kind of the credential does not know it. */
  readonly endpoints?: OAuthEndpoints;
}

const FIELDS = 'integration.sealed_fields';
const TOKENS = 'integration.sealed_tokens';

/** The sealed parts of a credential. What is opened here is used and let go of, never kept or shown. */
@Injectable()
export class CredentialSecrets {
  constructor(private readonly secrets: OrgSecrets) {}

  sealFields(id: string, secrets: FieldValues): Promise<string> {
    return this.secrets.seal(JSON.stringify(secrets), { field: FIELDS, rowId: id });
  }

  /** Every value of the credential, secret or not. @throws AppError credential.unreadable */
  async openFields({ id, fields, sealedFields }: SealedIntegration): Promise<FieldValues> {
    return { ...fields, ...(await this.open<FieldValues>(sealedFields, { field: FIELDS, rowId: id })) };
  }

  sealTokens(id: string, tokens: OAuthTokens): Promise<string> {
    return this.secrets.seal(JSON.stringify(tokens), { field: TOKENS, rowId: id });
  }

  /** Null when nobody has signed in. @throws AppError credential.unreadable */
  async openTokens({ id, sealedTokens }: SealedIntegration): Promise<OAuthTokens | null> {
    return sealedTokens === null ? null : this.open<OAuthTokens>(sealedTokens, { field: TOKENS, rowId: id });
  }

  private async open<T>(sealed: string, place: { field: string; rowId: string }): Promise<T> {
    try {
      return JSON.parse(await this.secrets.open(sealed, place)) as T;
    } catch (error) {
      if (error instanceof SecretUnreadableError) throw credentialUnreadable();
      throw error;
    }
  }
}
