import { Injectable } from '@nestjs/common';
import { CredentialVault, type CredentialSummary } from '#integrations';
import { type ModelOverride, PROVIDER_KINDS } from '#providers';
import { OrgContext } from '#tenancy';
import type { ModelVersion } from '../catalogue/model-version.entity.js';
import { ModelVersionsRepository } from '../catalogue/model-versions.repository.js';
import { ModelPoliciesRepository } from '../policy/model-policies.repository.js';
import { DEFAULT_POLICY, type ModelPolicyValues } from '../policy/model-policy.js';
import { providerNameOf } from './provider-name-of.js';

/** How late a process may notice what another one has changed. */
const FRESH_MS = 5_000;
const MOST_ORGANISATIONS = 1_000;

/** What an organisation has decided about models, as calls need it. */
export interface OrgModelsSnapshot {
  readonly policy: ModelPolicyValues;
  /** By `provider/model`. */
  readonly versions: ReadonlyMap<string, ModelVersion>;
  /** Its own keys by the provider's name in `provider/model`; the oldest one where there are several. */
  readonly keys: ReadonlyMap<string, CredentialSummary>;
}

interface Kept {
  readonly until: number;
  readonly snapshot: Promise<OrgModelsSnapshot>;
}

/** Keeps for some seconds what every call of an organisation would otherwise read again. */
@Injectable()
export class OrgModels {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly policies: ModelPoliciesRepository,
    private readonly versions: ModelVersionsRepository,
    private readonly vault: CredentialVault,
  ) {}

  /** Of the ambient organisation. */
  current(): Promise<OrgModelsSnapshot> {
    const orgId = OrgContext.require();
    const known = this.kept.get(orgId);
    if (known && known.until > Date.now()) return known.snapshot;
    const snapshot = this.read();
    this.kept.delete(orgId);
    this.kept.set(orgId, { until: Date.now() + FRESH_MS, snapshot });
    // What could not be read is not remembered.
    snapshot.catch(() => this.kept.delete(orgId));
    const oldest = this.kept.keys().next().value;
    if (this.kept.size > MOST_ORGANISATIONS && oldest !== undefined) this.kept.delete(oldest);
    return snapshot;
  }

  /** After a change in this process. */
  forget(): void {
    this.kept.delete(OrgContext.require());
  }

  private async read(): Promise<OrgModelsSnapshot> {
    const [policy, versions, keys] = await Promise.all([
      this.policies.find(),
      this.versions.findAll(),
      this.vault.listOfKinds(PROVIDER_KINDS),
    ]);
    const byProvider = new Map<string, CredentialSummary>();
    for (const key of keys) {
      const name = providerNameOf(key);
      if (name !== null && !byProvider.has(name)) byProvider.set(name, key);
    }
    return {
      policy: policy ?? DEFAULT_POLICY,
      versions: new Map(versions.map((version) => [version.model, version])),
      keys: byProvider,
    };
  }
}

/** What the organisation knows better about a model than the catalogue does. */
export function overrideOf(version: ModelVersion | undefined): ModelOverride {
  if (version === undefined) return {};
  const { label, contextWindow, maxOutputTokens, prices } = version;
  return {
    ...(label !== null && { label }),
    ...(contextWindow !== null && { contextWindow }),
    ...(maxOutputTokens !== null && { maxOutputTokens }),
    ...(prices.length > 0 && { prices }),
  };
}
