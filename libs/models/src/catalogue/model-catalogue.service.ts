import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import {
  describeModel,
  type ListedModel,
  type ModelDescription,
  type ModelHealth,
  priceAt,
  ProviderRouter,
} from '#providers';
import type { CredentialSummary } from '#integrations';
import { modelNotFound, modelsChanged, tooManyModels } from '../models.errors.js';
import { OrgModels, overrideOf, type OrgModelsSnapshot } from '../calls/org-models.js';
import { isAllowed } from '../policy/model-policy.js';
import type { ModelVersion } from './model-version.entity.js';
import { MOST_MODEL_VERSIONS, ModelVersionsRepository, type ModelVersionValues } from './model-versions.repository.js';

/** By whose key a model can be called: the organisation's own, the installation's, or nobody's. */
export type KeySource = 'organisation' | 'installation' | null;

/** A model as an organisation sees it. */
export interface OfferedModel extends Omit<ListedModel, 'available'> {
  readonly keySource: KeySource;
  /** The credential whose key is used; null for the installation's. */
  readonly credential: CredentialSummary | null;
  readonly isAllowed: boolean;
  /** Worst of what calls by that key have met in this process; null before the first one. */
  readonly health: ModelHealth | null;
  /** What the organisation says about it; null when that is nothing. */
  readonly version: ModelVersion | null;
}

/** The catalogue with what the organisation knows better, and what of it can be called. */
@Injectable()
export class ModelCatalogue {
  constructor(
    private readonly router: ProviderRouter,
    private readonly models: OrgModels,
    private readonly versions: ModelVersionsRepository,
    private readonly database: OrgDatabase,
  ) {}

  /** The bundled models in their order, then those that only the organisation knows. */
  async list(): Promise<OfferedModel[]> {
    const snapshot = await this.models.current();
    const listed = this.router.models();
    const known = new Set(listed.map(({ id }) => id));
    const more = [...snapshot.versions.keys()]
      .filter((id) => !known.has(id))
      .map((id) => describeModel(id, 'language'));
    return [...listed, ...more].map((model) => this.offer(model, snapshot));
  }

  /** @throws AppError model.not_found for what is no `provider/model` */
  async get(id: string): Promise<OfferedModel> {
    refuseNoModel(id);
    const listed = this.router.models().find((model) => model.id === id) ?? describeModel(id, 'language');
    return this.offer(listed, await this.models.current());
  }

  /** @throws AppError model.changed (412) · model.too_many (422) · model.not_found */
  async override(id: string, values: ModelVersionValues, expectedRevision: number | null): Promise<OfferedModel> {
    refuseNoModel(id);
    await this.database.transaction(async () => {
      if (await this.versions.save(id, values, expectedRevision)) return;
      const current = await this.versions.findByModel(id);
      if (current === null && expectedRevision === null) throw tooManyModels(MOST_MODEL_VERSIONS);
      throw modelsChanged('model');
    });
    this.models.forget();
    return this.get(id);
  }

  /** What the catalogue says holds again. */
  async reset(id: string): Promise<void> {
    refuseNoModel(id);
    await this.versions.remove(id);
    this.models.forget();
  }

  private offer(model: ModelDescription, snapshot: OrgModelsSnapshot): OfferedModel {
    const version = snapshot.versions.get(model.id) ?? null;
    const described = { ...model, ...overrideOf(version ?? undefined) };
    const credential = snapshot.keys.get(model.provider) ?? null;
    const isInstalled = this.router.providerNames().includes(model.provider);
    return {
      ...described,
      price: priceAt(described.prices, new Date()),
      credential,
      keySource: credential ? 'organisation' : isInstalled ? 'installation' : null,
      isAllowed: version?.enabled !== false && isAllowed(model.id, snapshot.policy),
      health: this.healthOf(model.id, credential?.id ?? null),
      version,
    };
  }

  private healthOf(id: string, credential: string | null): ModelHealth | null {
    return this.router.health().find(({ model, credentialId }) => model === id && credentialId === credential) ?? null;
  }
}

function refuseNoModel(id: string): void {
  if (id.length <= 200 && /^[\w.-]+\/[\w.:@/-]+$/.test(id)) return;
  throw modelNotFound('A model is written provider/model, with the slash as %2F in a path.');
}
