import type { CallOptions } from '../../model/call-options.js';
import type { Usage } from '../../model/usage.js';
import { countOr0, countTokens, isCount } from '../../wire/count-tokens.js';
import type { AnthropicUsage } from './anthropic-api-types.js';

/** The counts of a message in our words: Anthropic counts cached input apart, we count it in. */
export function convertAnthropicUsage(raw: AnthropicUsage | undefined, options: CallOptions, output: string): Usage {
  const { input_tokens: fresh, cache_creation_input_tokens: written, cache_read_input_tokens: read } = raw ?? {};
  return countTokens(
    {
      input: isCount(fresh) ? fresh + countOr0(written) + countOr0(read) : undefined,
      output: raw?.output_tokens,
      cachedInput: read,
      reasoning: raw?.output_tokens_details?.thinking_tokens,
      raw,
    },
    options,
    output,
  );
}
