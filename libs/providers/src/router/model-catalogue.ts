import { knownPrices } from './known-prices.js';
import { contextWindowOf, mostOutputTokensOf, type Sampling, samplingOf } from './model-limits.js';
import type { DatedPrice } from './model-price.js';

export interface ModelDescription {
  /** `provider/model`. */
  readonly id: string;
  readonly provider: string;
  /** What people read; says so when the model is not a neural one. */
  readonly label: string;
  readonly kind: 'language' | 'embedding';
  readonly simulated: boolean;
  /** Input and output together, in tokens; null = unknown. */
  readonly contextWindow: number | null;
  /** Longest answer in tokens; null = unknown. */
  readonly maxOutputTokens: number | null;
  /** Length of the vectors of an embedding model; null for others and where only the provider knows. */
  readonly dimensions: number | null;
  readonly sampling: Sampling;
  /** Empty = unknown, which is not free. */
  readonly prices: readonly DatedPrice[];
}

/** What somebody knows better than the catalogue. */
export type ModelOverride = Partial<Pick<ModelDescription, 'label' | 'contextWindow' | 'maxOutputTokens' | 'prices'>>;

const FREE: DatedPrice = { validFrom: null, inputMicroUsd: 0, cachedInputMicroUsd: 0, outputMicroUsd: 0 };

const SIMULATED: readonly ModelDescription[] = [
  {
    id: 'simulated/offline',
    provider: 'simulated',
    label: 'Simulated (offline, not a neural model)',
    kind: 'language',
    simulated: true,
    contextWindow: 256_000,
    maxOutputTokens: 32_000,
    dimensions: null,
    sampling: samplingOf('simulated/offline'),
    prices: [FREE],
  },
  {
    id: 'simulated/lexical',
    provider: 'simulated',
    label: 'Lexical vectors (offline, not a neural model)',
    kind: 'embedding',
    simulated: true,
    contextWindow: 256_000,
    maxOutputTokens: null,
    dimensions: 512,
    sampling: samplingOf('simulated/lexical'),
    prices: [FREE],
  },
];

/** Models that are offered by name, cheapest way to start first; other ids work as well. */
const LANGUAGE_MODELS: Readonly<Record<string, string>> = {
  'openai/gpt-5.6-luna': 'OpenAI GPT-5.6 Luna',
  'openai/gpt-5.6-terra': 'OpenAI GPT-5.6 Terra',
  'openai/gpt-5.6-sol': 'OpenAI GPT-5.6 Sol',
  'openai/gpt-6-luna': 'OpenAI GPT-6 Luna',
  'openai/gpt-6-sol': 'OpenAI GPT-6 Sol',
  'openai/gpt-6-astra': 'OpenAI GPT-6 Astra',
  'openai/gpt-5.4-mini': 'OpenAI GPT-5.4 mini',
  'openai/gpt-5.4-nano': 'OpenAI GPT-5.4 nano',
  'openai/gpt-4.1': 'OpenAI GPT-4.1',
  'openai/gpt-4.1-mini': 'OpenAI GPT-4.1 mini',
  'openai/gpt-4o-mini': 'OpenAI GPT-4o mini',
  'anthropic/claude-haiku-4-5': 'Anthropic Claude Haiku 4.5',
  'anthropic/claude-sonnet-4-5': 'Anthropic Claude Sonnet 4.5',
  'anthropic/claude-sonnet-4-6': 'Anthropic Claude Sonnet 4.6',
  'anthropic/claude-sonnet-5': 'Anthropic Claude Sonnet 5',
  'anthropic/claude-opus-4-8': 'Anthropic Claude Opus 4.8',
  'anthropic/claude-opus-5-5': 'Anthropic Claude Opus 5.5',
  'google/gemini-2.5-flash-lite': 'Google Gemini 2.5 Flash-Lite',
  'google/gemini-2.5-flash': 'Google Gemini 2.5 Flash',
  'google/gemini-2.5-pro': 'Google Gemini 2.5 Pro',
  'google/gemini-3.5-flash-lite': 'Google Gemini 3.5 Flash-Lite',
  'google/gemini-3.8-flash': 'Google Gemini 3.8 Flash',
  'google/gemini-3.1-pro-preview': 'Google Gemini 3.1 Pro (preview)',
};

const EMBEDDING_MODELS: Readonly<Record<string, { readonly label: string; readonly dimensions: number }>> = {
  'openai/text-embedding-3-small': { label: 'OpenAI text-embedding-3-small', dimensions: 1_536 },
  'openai/text-embedding-3-large': { label: 'OpenAI text-embedding-3-large', dimensions: 3_072 },
  'google/gemini-embedding-001': { label: 'Google Gemini Embedding 001', dimensions: 3_072 },
  'google/gemini-embedding-2': { label: 'Google Gemini Embedding 2', dimensions: 3_072 },
};

/** Every model that is offered by name, the built-in ones first. */
export const MODEL_CATALOGUE: readonly ModelDescription[] = [
  ...SIMULATED.filter(({ kind }) => kind === 'language'),
  ...Object.keys(LANGUAGE_MODELS).map((id) => describe(id, 'language')),
  ...SIMULATED.filter(({ kind }) => kind === 'embedding'),
  ...Object.keys(EMBEDDING_MODELS).map((id) => describe(id, 'embedding')),
];

/** What is known of a model of that name; of one that nobody has heard of, nothing about its price. */
export function describeModel(
  id: string,
  kind: ModelDescription['kind'],
  override: ModelOverride = {},
): ModelDescription {
  const known = MODEL_CATALOGUE.find((model) => model.id === id && model.kind === kind) ?? describe(id, kind);
  return { ...known, ...override };
}

function describe(id: string, kind: ModelDescription['kind']): ModelDescription {
  const known = knownPrices(id);
  const isLanguage = kind === 'language';
  return {
    id,
    provider: id.slice(0, id.indexOf('/')),
    label: (isLanguage ? LANGUAGE_MODELS[id] : EMBEDDING_MODELS[id]?.label) ?? id,
    kind,
    simulated: false,
    contextWindow: (isLanguage ? contextWindowOf(id) : null) ?? known?.contextWindow ?? null,
    maxOutputTokens: isLanguage ? mostOutputTokensOf(id) : null,
    dimensions: isLanguage ? null : (EMBEDDING_MODELS[id]?.dimensions ?? null),
    sampling: samplingOf(id),
    prices: known?.prices ?? [],
  };
}
