import type { CallOptions } from '../../model/call-options.js';
import type { Usage } from '../../model/usage.js';
import { countOr0, countTokens, isCount } from '../../wire/count-tokens.js';
import type { GoogleUsage } from './google-api-types.js';

/** The counts of a reply in our words: Google counts thoughts apart, we count them as output. */
export function convertGoogleUsage(raw: GoogleUsage | undefined, options: CallOptions, output: string): Usage {
  const { promptTokenCount, toolUsePromptTokenCount, candidatesTokenCount, thoughtsTokenCount } = raw ?? {};
  const isCounted = isCount(promptTokenCount) && (isCount(candidatesTokenCount) || isCount(thoughtsTokenCount));
  return countTokens(
    {
      input: isCounted ? promptTokenCount + countOr0(toolUsePromptTokenCount) : undefined,
      output: countOr0(candidatesTokenCount) + countOr0(thoughtsTokenCount),
      cachedInput: raw?.cachedContentTokenCount,
      reasoning: thoughtsTokenCount,
      raw,
    },
    options,
    output,
  );
}
