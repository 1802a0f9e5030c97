import { Inject, Injectable } from '@nestjs/common';
import { CredentialVault, type CredentialSummary } from '#integrations';
import { createProvider, type OwnProvider, type Provider, type ProviderKind } from '#providers';
import { isProviderKind, providerNameOf } from './provider-name-of.js';
import { OWN_PROVIDER_FETCH, type ProviderFetch } from './provider-egress.js';

/** How long an opened key is used before it is asked for again: so long works one that was taken back. */
const FRESH_MS = 15_000;
const MOST_PROVIDERS = 1_000;

interface Kept {
  readonly until: number;
  readonly fields: string;
  readonly provider: OwnProvider;
}

/** Providers with the keys of organisations. A key is opened for the places that it may be sent to, and nowhere else. */
@Injectable()
export class OwnProviders {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly vault: CredentialVault,
    @Inject(OWN_PROVIDER_FETCH) private readonly fetch: ProviderFetch,
  ) {}

  /** @throws AppError credential.not_found · credential.host_not_allowed */
  async of(credential: CredentialSummary): Promise<OwnProvider> {
    const { id, kind, fields } = credential;
    if (!isProviderKind(kind)) throw new TypeError(`A credential of kind ${kind} is no key of models.`);
    const known = this.kept.get(id);
    if (known && known.until > Date.now()) return known.provider;
    const { baseUrl } = fields;
    const opened = await this.vault.fieldsFor({
      credentialId: id,
      kind,
      usedBy: 'model calls',
      ...(baseUrl !== undefined && { baseUrl }),
    });
    const same = known?.fields === JSON.stringify(opened) ? known.provider : undefined;
    const provider = same ?? { credentialId: id, provider: this.open(kind, credential, opened) };
    this.kept.delete(id);
    this.kept.set(id, { until: Date.now() + FRESH_MS, fields: JSON.stringify(opened), provider });
    const oldest = this.kept.keys().next().value;
    if (this.kept.size > MOST_PROVIDERS && oldest !== undefined) this.kept.delete(oldest);
    return provider;
  }

  private open(kind: ProviderKind, credential: CredentialSummary, opened: Readonly<Record<string, string>>): Provider {
    const { apiKey, baseUrl } = opened;
    return createProvider(kind, {
      fetch: this.fetch,
      name: providerNameOf(credential) ?? kind,
      ...(apiKey !== undefined && { apiKey }),
      ...(baseUrl !== undefined && { baseUrl }),
    });
  }
}
