import { NoSuchModelError } from '../errors/no-such-model-error.js';
import type { CallDeadlines } from '../model/call-deadlines.js';
import type { EmbeddingModel } from '../model/embedding-model.js';
import type { LanguageModel } from '../model/language-model.js';
import { checkDeadlines } from './check-call-options.js';
import { DEFAULT_DEADLINES } from './deadlines.js';
import { describeModel, MODEL_CATALOGUE, type ModelDescription } from './model-catalogue.js';
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

export interface ListedModel extends ModelDescription {
  /** False when the provider is known but not configured here. */
  readonly available: boolean;
}

const LONGEST_MODEL_ID = 200;

/**
 * The one way from a `provider/model` name to a model that may be called: bounds are checked, deadlines kept, prices
 * filled in and JSON verified here, for all providers alike. Fallback, retry and circuit breaker join here too.
 */
export class ProviderRouter {
  private readonly deadlines: CallDeadlines;

  constructor(
    private readonly providers: ReadonlyMap<string, RoutedProvider>,
    deadlines: Partial<CallDeadlines> = {},
  ) {
    checkDeadlines(deadlines);
    this.deadlines = { ...DEFAULT_DEADLINES, ...deadlines };
  }

  /** @throws NoSuchModelError naming what exists. */
  languageModel(model: string): LanguageModel {
    const { provider, modelId, description } = this.resolve(model, 'language');
    return new RoutedLanguageModel(provider.languageModel(modelId), description, this.deadlines);
  }

  /** @throws NoSuchModelError naming what exists. */
  embeddingModel(model: string): EmbeddingModel {
    const { provider, modelId, description } = this.resolve(model, 'embedding');
    return new RoutedEmbeddingModel(provider.embeddingModel(modelId), description, this.deadlines);
  }

  /** The catalogue, with what of it can be called here and now. */
  models(): ListedModel[] {
    return MODEL_CATALOGUE.map((model) => ({ ...model, available: this.providers.has(model.provider) }));
  }

  private resolve(model: string, kind: ModelDescription['kind']) {
    const slash = model.indexOf('/');
    const providerName = model.slice(0, Math.max(slash, 0));
    const modelId = model.slice(slash + 1);
    if (slash < 1 || modelId === '') throw this.noSuchModel(model, kind, 'a model is written "provider/model".');
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
    if (modelId.length > LONGEST_MODEL_ID || /[\s\u0000-\u001f\u007f]/.test(modelId)) {
      throw this.noSuchModel(model, kind, `a model name has no spaces and at most ${LONGEST_MODEL_ID} characters.`);
    }
    return { provider: routed.provider, modelId, description: describeModel(model, kind) };
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
