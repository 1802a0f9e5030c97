import { Injectable } from '@nestjs/common';
import {
  type Candidate,
  describeModel,
  type EmbeddingModel,
  type ModelDescription,
  NoSuchModelError,
  priceAt,
  ProviderRouter,
} from '#providers';
import { modelNotAllowed, priceUnknown } from '../models.errors.js';
import { isAllowed } from '../policy/model-policy.js';
import { adaptOptions } from './call-defaults.js';
import { OrgModels, type OrgModelsSnapshot, overrideOf } from './org-models.js';
import { OwnProviders } from './own-providers.js';

/** More stand-ins than anybody waits for. */
const MOST_FALLBACKS = 5;

/** The models of a call: the one that was asked for, and those that stand in for it. */
export type Candidates = [Candidate, ...Candidate[]];

export interface FoundEmbeddingModel {
  readonly model: EmbeddingModel;
  readonly description: ModelDescription;
  /** The organisation's own credential; null for the installation's. */
  readonly credentialId: string | null;
}

/** Finds what `provider/model` means for an organisation: by its own key, or else by the installation's. */
@Injectable()
export class ModelDirectory {
  constructor(
    private readonly router: ProviderRouter,
    private readonly models: OrgModels,
    private readonly own: OwnProviders,
  ) {}

  /**
   * @param fallbacks those of the node; the organisation's when there are none
   * @throws NoSuchModelError · AppError model.not_allowed, model.price_unknown (403), credential.*; for the model that
   *   was asked for alone: a stand-in that cannot be used is none
   */
  candidates(model: string, fallbacks: readonly string[] | undefined): Promise<Candidates> {
    return this.withFreshKeys(async (snapshot) => {
      const first = await this.candidate(model, snapshot, false);
      const rest: Candidate[] = [];
      const named = fallbacks && fallbacks.length > 0 ? fallbacks : snapshot.policy.fallbackModels;
      for (const name of new Set(named)) {
        if (name === model || rest.length >= MOST_FALLBACKS) continue;
        const candidate = await this.candidate(name, snapshot, true).catch(() => null);
        if (candidate) rest.push(candidate);
      }
      return [first, ...rest];
    });
  }

  /** @throws as {@link candidates} */
  embedding(model: string): Promise<FoundEmbeddingModel> {
    return this.withFreshKeys(async (snapshot) => {
      const version = snapshot.versions.get(model);
      if (version?.enabled === false || !isAllowed(model, snapshot.policy)) throw modelNotAllowed(model);
      const key = snapshot.keys.get(providerOf(model));
      const own = key && (await this.own.of(key));
      const target = { override: overrideOf(version), ...(own && { own }) };
      const description = describeModel(model, 'embedding', target.override);
      refuseUnknownPrice(description, snapshot);
      return { model: this.router.embeddingModel(model, target), description, credentialId: own?.credentialId ?? null };
    });
  }

  /** A key that somebody has just entered or deleted is not in the snapshot yet: what fails for that is tried once more. */
  private async withFreshKeys<T>(find: (snapshot: OrgModelsSnapshot) => Promise<T>): Promise<T> {
    try {
      return await find(await this.models.current());
    } catch (error) {
      if (!(error instanceof NoSuchModelError) && (error as { code?: unknown }).code !== 'credential.not_found')
        throw error;
      this.models.forget();
      return find(await this.models.current());
    }
  }

  private async candidate(model: string, snapshot: OrgModelsSnapshot, isFallback: boolean): Promise<Candidate> {
    const version = snapshot.versions.get(model);
    if (version?.enabled === false || !isAllowed(model, snapshot.policy)) throw modelNotAllowed(model);
    const key = snapshot.keys.get(providerOf(model));
    const own = key && (await this.own.of(key));
    const candidate = this.find(model, snapshot, {
      model,
      override: overrideOf(version),
      optionsFor: (options, description) => adaptOptions(options, description, isFallback),
      ...(own && { own }),
    });
    refuseUnknownPrice(candidate.description, snapshot);
    return candidate;
  }

  /** The router knows the installation's providers alone; the message is to name the organisation's, too. */
  private find(
    model: string,
    { keys }: OrgModelsSnapshot,
    target: Parameters<ProviderRouter['candidate']>[0],
  ): Candidate {
    try {
      return this.router.candidate(target);
    } catch (error) {
      if (!(error instanceof NoSuchModelError) || keys.size === 0) throw error;
      const ofKeys = [...keys.keys()].map((provider) => `${provider}/…`);
      throw new NoSuchModelError(model, error.why, [...error.available, ...ofKeys]);
    }
  }
}

const providerOf = (model: string): string => model.slice(0, Math.max(model.indexOf('/'), 0));

function refuseUnknownPrice({ id, prices }: ModelDescription, { policy }: OrgModelsSnapshot): void {
  if (policy.unknownPrice === 'refuse' && priceAt(prices, new Date()) === null) throw priceUnknown(id);
}
