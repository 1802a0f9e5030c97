import type { CallOptions } from '../../model/call-options.js';
import type { Usage } from '../../model/usage.js';
import { countTokens } from '../../wire/count-tokens.js';
import type { OllamaReply } from './ollama-api-types.js';

export type OllamaUsage = Pick<OllamaReply, 'prompt_eval_count' | 'eval_count'>;

/** The counts of a reply in our words. Ollama counts neither cached input nor thinking apart. */
export function convertOllamaUsage(raw: OllamaUsage, options: CallOptions, output: string): Usage {
  return countTokens({ input: raw.prompt_eval_count, output: raw.eval_count, raw }, options, output);
}
