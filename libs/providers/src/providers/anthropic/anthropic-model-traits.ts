/** What a model takes; Anthropic answers 400 to the rest. */
export interface AnthropicModelTraits {
  /** Temperature and topP: gone since Opus 4.7 and the fifth generation. */
  readonly takesSampling: boolean;
  /** Models whose thinking cannot be switched off cannot be forced to use a tool. */
  readonly takesForcedTools: boolean;
  /** Holds its answer to a JSON Schema while generating: since generation 4.5. */
  readonly enforcesSchemas: boolean;
  /** What to allow when nobody has set a limit, which the API insists on. */
  readonly defaultMaxTokens: number;
}

const FIRST_GENERATIONS = /^claude-(?:[123][-.]|instant|2$)/;
const FOUR = /^claude-(?:opus|sonnet|haiku)-4(?:-([0-9]))?(?:$|[-@]\d{8}|-latest)/;
const UNFORCEABLE = /^claude-(?:opus-5-5|(?:fable|mythos)-5-[1-9])/;
const SMALL_OUTPUT = /^claude-(?:2|instant|3-(?:opus|sonnet|haiku))/;

/** Told from the name. A name that is not Claude's belongs to a server that imitates the API: it gets the old set. */
export function anthropicModelTraits(modelId: string): AnthropicModelTraits {
  const four = FOUR.exec(modelId);
  const minor = four ? Number(four[1] ?? 0) : undefined;
  const isOld = !modelId.startsWith('claude-') || FIRST_GENERATIONS.test(modelId) || (minor !== undefined && minor < 7);
  return {
    takesSampling: isOld,
    takesForcedTools: !UNFORCEABLE.test(modelId),
    enforcesSchemas: minor === undefined ? !isOld : minor >= 5,
    defaultMaxTokens: SMALL_OUTPUT.test(modelId) ? 4_096 : isOld ? 8_192 : 16_000,
  };
}
