import type { CallOptions } from '../../model/call-options.js';
import type { Usage } from '../../model/usage.js';
import { countTokens } from '../../wire/count-tokens.js';
import type { OpenAIUsage } from './openai-api-types.js';
import type { OpenAIResponsesUsage } from './openai-responses-api-types.js';

/** The counts of a chat completion in our words. */
export function convertOpenAIUsage(raw: OpenAIUsage | null | undefined, options: CallOptions, output: string): Usage {
  return countTokens(
    {
      input: raw?.prompt_tokens,
      output: raw?.completion_tokens,
      cachedInput: raw?.prompt_tokens_details?.cached_tokens,
      reasoning: raw?.completion_tokens_details?.reasoning_tokens,
      raw,
    },
    options,
    output,
  );
}

/** The counts of a response in our words. */
export function convertOpenAIResponsesUsage(
  raw: OpenAIResponsesUsage | null | undefined,
  options: CallOptions,
  output: string,
): Usage {
  return countTokens(
    {
      input: raw?.input_tokens,
      output: raw?.output_tokens,
      cachedInput: raw?.input_tokens_details?.cached_tokens,
      reasoning: raw?.output_tokens_details?.reasoning_tokens,
      raw,
    },
    options,
    output,
  );
}
