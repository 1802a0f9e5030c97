import { CredentialVault } from '#integrations';
import { Injectable } from '@nestjs/common';
import { despiteAbsence } from '#platform/database';

/** A credential as one call of a tool holds it. Its secrets come out one place at a time. */
export interface ToolCredential {
  readonly kind: string;
  /** The fields that are no secrets, for example where the service is. */
  readonly fields: Readonly<Record<string, string>>;
  /** @throws AppError credential.host_not_allowed, and nothing may be sent then */
  headersFor(url: string): Promise<Readonly<Record<string, string>>>;
  /**
   * Every field, for what is attached in another way than by headers.
   * @param url where it is about to be sent, if that is not where its own fields say
   * @throws AppError as `headersFor`
   */
  opened(url?: string): Promise<Readonly<Record<string, string>>>;
}

/** Opens the credentials that authors have chosen for tools. */
export interface CredentialSource {
  /** @throws AppError credential.not_found */
  open(credentialId: string, usedBy: string): Promise<ToolCredential>;
}

@Injectable()
export class VaultCredentials implements CredentialSource {
  constructor(private readonly vault: CredentialVault) {}

  async open(credentialId: string, usedBy: string): Promise<ToolCredential> {
    const { kind, fields } = await despiteAbsence(() => this.vault.describe(credentialId));
    return {
      kind,
      fields,
      headersFor: (url) => despiteAbsence(() => this.vault.headersFor({ credentialId, url, usedBy })),
      opened: (url) => despiteAbsence(() => this.vault.fieldsFor({ credentialId, kind, usedBy, baseUrl: url })),
    };
  }
}
