/** Integer micro-USD per million tokens, which is the same number as USD per million × 1,000,000. */
export interface ModelPrice {
  readonly inputMicroUsd: number;
  readonly cachedInputMicroUsd: number;
  readonly outputMicroUsd: number;
  /** Dearer rate for the whole call once its input passes a length. */
  readonly longContext?: {
    readonly aboveInputTokens: number;
    readonly inputFactor: number;
    readonly outputFactor: number;
  };
}

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
  /** Null = unknown, which is not free. */
  readonly price: ModelPrice | null;
}

const FREE: ModelPrice = { inputMicroUsd: 0, cachedInputMicroUsd: 0, outputMicroUsd: 0 };
const LONG_CONTEXT = { aboveInputTokens: 272_000, inputFactor: 2, outputFactor: 1.5 };

function usdPerMillion(
  input: number,
  cachedInput: number,
  output: number,
  longContext?: ModelPrice['longContext'],
): ModelPrice {
  const microUsd = (usd: number): number => Math.round(usd * 1_000_000);
  return {
    inputMicroUsd: microUsd(input),
    cachedInputMicroUsd: microUsd(cachedInput),
    outputMicroUsd: microUsd(output),
    longContext,
  };
}

function language(
  id: string,
  label: string,
  contextWindow: number,
  maxOutputTokens: number,
  price: ModelPrice,
): ModelDescription {
  const provider = id.slice(0, id.indexOf('/'));
  return {
    id,
    provider,
    label,
    kind: 'language',
    simulated: provider === 'simulated',
    contextWindow,
    maxOutputTokens,
    dimensions: null,
    price,
  };
}

function embedding(
  id: string,
  label: string,
  contextWindow: number,
  dimensions: number,
  price: ModelPrice,
): ModelDescription {
  const provider = id.slice(0, id.indexOf('/'));
  return {
    id,
    provider,
    label,
    kind: 'embedding',
    simulated: provider === 'simulated',
    contextWindow,
    maxOutputTokens: null,
    dimensions,
    price,
  };
}

/** Known models, cheapest way to start first. OpenAI's list prices as of 2026-07-31; other ids work at unknown price. */
export const MODEL_CATALOGUE: readonly ModelDescription[] = [
  language('simulated/offline', 'Simulated (offline, not a neural model)', 256_000, 32_000, FREE),
  language(
    'openai/gpt-5.6-luna',
    'OpenAI GPT-5.6 Luna',
    1_050_000,
    128_000,
    usdPerMillion(0.2, 0.02, 1.2, LONG_CONTEXT),
  ),
  language('openai/gpt-5.6-terra', 'OpenAI GPT-5.6 Terra', 1_050_000, 128_000, usdPerMillion(2, 0.2, 12, LONG_CONTEXT)),
  language('openai/gpt-5.6-sol', 'OpenAI GPT-5.6 Sol', 1_050_000, 128_000, usdPerMillion(5, 0.5, 30, LONG_CONTEXT)),
  language('openai/gpt-5.4-mini', 'OpenAI GPT-5.4 mini', 400_000, 128_000, usdPerMillion(0.75, 0.075, 4.5)),
  language('openai/gpt-5.4-nano', 'OpenAI GPT-5.4 nano', 400_000, 128_000, usdPerMillion(0.2, 0.02, 1.25)),
  language('openai/gpt-4.1', 'OpenAI GPT-4.1', 1_047_576, 32_768, usdPerMillion(2, 0.5, 8)),
  language('openai/gpt-4.1-mini', 'OpenAI GPT-4.1 mini', 1_047_576, 32_768, usdPerMillion(0.4, 0.1, 1.6)),
  language('openai/gpt-4o-mini', 'OpenAI GPT-4o mini', 128_000, 16_384, usdPerMillion(0.15, 0.075, 0.6)),
  embedding('simulated/lexical', 'Lexical vectors (offline, not a neural model)', 256_000, 512, FREE),
  embedding(
    'openai/text-embedding-3-small',
    'OpenAI text-embedding-3-small',
    8_192,
    1_536,
    usdPerMillion(0.02, 0.02, 0),
  ),
  embedding(
    'openai/text-embedding-3-large',
    'OpenAI text-embedding-3-large',
    8_192,
    3_072,
    usdPerMillion(0.13, 0.13, 0),
  ),
];

/** The known model of that name, or what can be said of one that is not listed: nothing about its price. */
export function describeModel(id: string, kind: ModelDescription['kind']): ModelDescription {
  const known = MODEL_CATALOGUE.find((model) => model.id === id && model.kind === kind);
  if (known) return known;
  const provider = id.slice(0, id.indexOf('/'));
  return {
    id,
    provider,
    label: id,
    kind,
    simulated: false,
    contextWindow: null,
    maxOutputTokens: null,
    dimensions: null,
    price: null,
  };
}
