/** What may be said about sampling; providers refuse calls that say more. */
export interface Sampling {
  /** Highest temperature; null when the model takes none. */
  readonly maxTemperature: number | null;
  readonly takesTopP: boolean;
  /** Whether temperature and top P may be given together. */
  readonly takesBoth: boolean;
}

const FREE: Sampling = { maxTemperature: 2, takesTopP: true, takesBoth: true };
const NONE: Sampling = { maxTemperature: null, takesTopP: false, takesBoth: false };

/** First pattern that fits the beginning of `provider/model`, from the providers' documentation. */
const SAMPLING: readonly (readonly [RegExp, Sampling])[] = [
  [/^openai\/(gpt-(3|4)|chatgpt-4)/, FREE],
  [/^openai\/(o\d|gpt-\d|codex)/, NONE],
  [/^anthropic\/claude-(v1|2|3|sonnet-4-(0|2025)|opus-4-(0|2025)|4-(opus|sonnet))/, { ...FREE, maxTemperature: 1 }],
  [/^anthropic\/claude-(opus-4-[156]|sonnet-4-[56]|haiku-4-5)/, { ...FREE, maxTemperature: 1, takesBoth: false }],
  [/^anthropic\//, NONE],
];

/** Where the providers' documentation is more exact than the price list. */
const CONTEXT_WINDOW: readonly (readonly [RegExp, number])[] = [
  [/^openai\/gpt-4\.1/, 1_047_576],
  [/^google\/gemini-(2|3)/, 1_048_576],
];

const MOST_OUTPUT: readonly (readonly [RegExp, number])[] = [
  [/^openai\/gpt-4\.1/, 32_768],
  [/^openai\/(gpt-4o|chatgpt-4o)/, 16_384],
  [/^openai\/(gpt-4-turbo|gpt-3\.5)/, 4_096],
  [/^openai\/gpt-4/, 8_192],
  [/^openai\/gpt-5/, 128_000],
  [/^openai\/o\d/, 100_000],
  [/^anthropic\/claude-3-5/, 8_192],
  [/^anthropic\/claude-3-7/, 64_000],
  [/^anthropic\/claude-(2|3|v1)/, 4_096],
  [/^anthropic\/claude-(opus-4-[01]|opus-4-2025|4-opus)/, 32_000],
  [/^anthropic\/claude-opus-4-[678]/, 128_000],
  [/^anthropic\/claude-(opus|sonnet|haiku)-4/, 64_000],
  [/^google\/gemini-(1|2\.0)/, 8_192],
  [/^google\/gemini-(2\.5|3)/, 65_536],
];

/** A model that no rule knows gets no defaults of ours beyond what every dialect takes. */
export function samplingOf(id: string): Sampling {
  return SAMPLING.find(([pattern]) => pattern.test(id))?.[1] ?? FREE;
}

/** Longest answer in tokens; null = unknown. */
export function mostOutputTokensOf(id: string): number | null {
  return MOST_OUTPUT.find(([pattern]) => pattern.test(id))?.[1] ?? null;
}

/** Input and output together in tokens; null = unknown here. */
export function contextWindowOf(id: string): number | null {
  return CONTEXT_WINDOW.find(([pattern]) => pattern.test(id))?.[1] ?? null;
}
