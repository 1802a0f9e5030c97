import type { CallOptions, ModelDescription } from '#providers';

const TEMPERATURE = 0.2;
const TOP_P = 0.6;
/** How long an answer may be where nobody says it: what is set aside before the call has to be bounded by something. */
const LONGEST_ANSWER = 16_384;

/**
 * A call as one model takes it: with our defaults where it takes such settings and nothing was said. For a stand-in,
 * what was said for another model is brought within its bounds; the model that was asked for refuses instead.
 */
export function adaptOptions(options: CallOptions, model: ModelDescription, isFallback: boolean): CallOptions {
  const { maxTemperature, takesTopP, takesBoth } = model.sampling;
  const within = (value: number | undefined, most: number | null): number | undefined =>
    isFallback && value !== undefined && most !== null ? Math.min(value, most) : value;
  const { topP: saidTopP } = options;
  const saidTemperature = within(options.temperature, maxTemperature);
  const takesTemperature = maxTemperature !== null && (takesBoth || saidTopP === undefined);
  const temperature = saidTemperature ?? (takesTemperature ? TEMPERATURE : undefined);
  const topP = saidTopP ?? (takesTopP && (takesBoth || temperature === undefined) ? TOP_P : undefined);
  const isPaid = model.prices.some(({ inputMicroUsd, outputMicroUsd }) => inputMicroUsd + outputMicroUsd > 0);
  const maxTokens =
    within(options.maxTokens, model.maxOutputTokens) ??
    (isPaid ? Math.min(model.maxOutputTokens ?? LONGEST_ANSWER, LONGEST_ANSWER) : undefined);
  return {
    ...options,
    temperature: isFallback && maxTemperature === null ? undefined : temperature,
    topP: isFallback && !takesTopP ? undefined : topP,
    maxTokens,
  };
}
