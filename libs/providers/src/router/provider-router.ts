import { NoSuchModelError } from '../errors/no-such-model-error.js';
import type { CallDeadlines } from '../model/call-deadlines.js';
import type { CallOptions } from '../model/call-options.js';
import type { EmbeddingModel } from '../model/embedding-model.js';
import type { LanguageModel } from '../model/language-model.js';
import type { CallHooks } from './attempt.js';
import type { Candidate } from './candidate.js';
import { checkDeadlines } from './check-call-options.js';
import { CircuitBreakers, type ModelHealth } from './circuit-breakers.js';
import { type Clock, SYSTEM_CLOCK } from './clock.js';
import { DEFAULT_DEADLINES } from './deadlines.js';
import { describeModel, MODEL_CATALOGUE, type ModelDescription, type ModelOverride } from './model-catalogue.js';
import { type ModelPrice, priceAt } from './model-price.js';
import { ResilientLanguageModel } from './resilient-language-model.js';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from './retry-policy.js';
import { RoutedEmbeddingModel } from './routed-embedding-model.js';
import { RoutedLanguageModel } from './routed-language-model.js';

/** A provider as the router sees it. */
export interface Provider {
  languageModel(modelId: string): LanguageModel;
  embeddingModel(modelId: string): EmbeddingModel;
}

export interface RoutedProvider {
  readonly provider: Provider;
  /** True when any model name may exist there; false when the catalogue lists all there are. */
  readonly takesAnyModel: boolean;
}

/** A provider that somebody brings along, with a key of their own. */
export interface OwnProvider {
  readonly provider: Provider;
  readonly credentialId: string;
}

/** Which model, by what way, and what is known better about it than the catalogue does. */
export interface ModelTarget {
  /** `provider/model`. */
  readonly model: string;
  /** Asked instead of the installation's. */
  readonly own?: OwnProvider;
  readonly override?: ModelOverride;
  readonly optionsFor?: (options: CallOptions, model: ModelDescription) => CallOptions;
}

export interface ListedModel extends ModelDescription {
  /** False when the provider is known but not configured here. */
  readonly available: boolean;
  /** What holds now; null = unknown, which is not free. */
  readonly price: ModelPrice | null;
}

export interface RouterOptions {
  readonly retry?: Partial<RetryPolicy>;
  readonly clock?: Clock;
}

const LONGEST_MODEL_ID = 200;

/**
 * The one way from a `provider/model` name to a model that may be called: bounds are checked, deadlines kept, prices
 * filled in and JSON verified here, for all providers alike. Retry, fallback and circuit breakers are in {@link fallback}.
 */
export class ProviderRouter {
  private readonly deadlines: CallDeadlines;
  private readonly retry: RetryPolicy;
  private readonly clock: Clock;
  private readonly breakers: CircuitBreakers;

  constructor(
    private readonly providers: ReadonlyMap<string, RoutedProvider>,
    deadlines: Partial<CallDeadlines> = {},
    { retry, clock = SYSTEM_CLOCK }: RouterOptions = {},
  ) {
    checkDeadlines(deadlines);
    this.deadlines = { ...DEFAULT_DEADLINES, ...deadlines };
    this.retry = { ...DEFAULT_RETRY_POLICY, ...retry };
    this.clock = clock;
    this.breakers = new CircuitBreakers(clock);
  }

  /** One attempt at one model. @throws NoSuchModelError naming what exists. */
  languageModel(model: string): LanguageModel {
    return this.candidate({ model }).language;
  }

  /** @throws NoSuchModelError naming what exists. */
  embeddingModel(model: string, { own, override }: Omit<ModelTarget, 'model' | 'optionsFor'> = {}): EmbeddingModel {
    const { provider, modelId } = this.resolve(model, 'embedding', own?.provider);
    const description = describeModel(model, 'embedding', override);
    return new RoutedEmbeddingModel(provider.embeddingModel(modelId), description, this.deadlines);
  }

  /** A model for {@link fallback}. @throws NoSuchModelError naming what exists. */
  candidate({ model, own, override, optionsFor }: ModelTarget): Candidate {
    const { provider, modelId } = this.resolve(model, 'language', own?.provider);
    const description = describeModel(model, 'language', override);
    const credentialId = own?.credentialId ?? null;
    const language = new RoutedLanguageModel(provider.languageModel(modelId), description, this.deadlines);
    return {
      description,
      language,
      check: (options) => language.check(options),
      breaker: this.breakers.of({ model, credentialId }),
      credentialId,
      ...(optionsFor && { optionsFor: (options: CallOptions) => optionsFor(options, description) }),
    };
  }

  /** Models that stand in for each other in this order, as one; `hooks` hear of every attempt. */
  fallback(candidates: readonly [Candidate, ...Candidate[]], hooks: CallHooks = {}): LanguageModel {
    return new ResilientLanguageModel(candidates, this.retry, hooks, this.clock);
  }

  /** The catalogue, with what of it can be called here and now. */
  models(): ListedModel[] {
    const now = new Date(this.clock.now());
    return MODEL_CATALOGUE.map((model) => ({
      ...model,
      available: this.providers.has(model.provider),
      price: priceAt(model.prices, now),
    }));
  }

  /** Names of the providers that are configured here. */
  providerNames(): string[] {
    return [...this.providers.keys()];
  }

  /** How the models that were asked so far are doing. */
  health(): ModelHealth[] {
    return this.breakers.read();
  }

  private resolve(model: string, kind: ModelDescription['kind'], own: Provider | undefined) {
    const slash = model.indexOf('/');
    const providerName = model.slice(0, Math.max(slash, 0));
    const modelId = model.slice(slash + 1);
    if (slash < 1 || modelId === '') throw this.noSuchModel(model, kind, 'a model is written "provider/model".');
    if (modelId.length > LONGEST_MODEL_ID || /[\s\u0000-\u001f\u007f]/.test(modelId)) {
      throw this.noSuchModel(model, kind, `a model name has no spaces and at most ${LONGEST_MODEL_ID} characters.`);
    }
    if (own) return { provider: own, modelId };
    const routed = this.providers.get(providerName);
    if (!routed) {
      const isKnown = MODEL_CATALOGUE.some((known) => known.provider === providerName);
      const why = isKnown
        ? `provider "${providerName}" has no API key here.`
        : `there is no provider "${providerName}".`;
      throw this.noSuchModel(model, kind, why);
    }
    const isListed = MODEL_CATALOGUE.some((known) => known.id === model && known.kind === kind);
    if (!isListed && !routed.takesAnyModel) {
      throw this.noSuchModel(model, kind, `provider "${providerName}" has no ${kind} model "${modelId}".`);
    }
    return { provider: routed.provider, modelId };
  }

  private noSuchModel(model: string, kind: ModelDescription['kind'], why: string): NoSuchModelError {
    const available = this.models().filter((known) => known.available && known.kind === kind);
    return new NoSuchModelError(
      model,
      why,
      available.map((known) => known.id),
    );
  }
}
