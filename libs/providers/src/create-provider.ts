import { AnthropicProvider } from './providers/anthropic/anthropic-provider.js';
import { GoogleProvider } from './providers/google/google-provider.js';
import { OllamaProvider } from './providers/ollama/ollama-provider.js';
import { OpenAICompatibleProvider } from './providers/openai-compatible/openai-compatible-provider.js';
import { OpenAIProvider } from './providers/openai/openai-provider.js';
import type { Provider } from './router/provider-router.js';

export const PROVIDER_KINDS = ['openai', 'anthropic', 'google', 'ollama', 'openai-compatible'] as const;
export type ProviderKind = (typeof PROVIDER_KINDS)[number];

export interface ProviderOptions {
  /** The only way out: the application passes its egress door. */
  readonly fetch: typeof globalThis.fetch;
  /** Needed by `anthropic` and `google`; by `openai` unless it has a base URL of its own. */
  readonly apiKey?: string;
  /** Needed by `openai-compatible`; the provider's own address when absent. */
  readonly baseUrl?: string;
  /** First half of `provider/model`. Default: the kind. */
  readonly name?: string;
  /** `openai` only. Default `chat-completions`. */
  readonly api?: 'chat-completions' | 'responses';
}

/**
 * One provider from credentials that are known only at run time. Cheap: SDKs are loaded and connections made with
 * the first call.
 *
 * @throws TypeError naming the option that the kind needs and that is missing, or that is no address.
 */
export function createProvider(kind: ProviderKind, options: ProviderOptions): Provider {
  const { fetch, name = kind, api } = options;
  const apiKey = options.apiKey || undefined;
  const baseUrl = options.baseUrl || undefined;
  if (baseUrl !== undefined && !isAddress(baseUrl))
    throw new TypeError(`baseUrl must be an http or https address; it was "${baseUrl.slice(0, 100)}".`);
  switch (kind) {
    case 'openai':
      return new OpenAIProvider({ fetch, name, api, apiKey: baseUrl ? apiKey : needed(kind, { apiKey }), baseUrl });
    case 'anthropic':
      return new AnthropicProvider({ fetch, name, baseUrl, apiKey: needed(kind, { apiKey }) });
    case 'google':
      return new GoogleProvider({ fetch, name, baseUrl, apiKey: needed(kind, { apiKey }) });
    case 'ollama':
      return new OllamaProvider({ fetch, name, baseUrl, apiKey });
    case 'openai-compatible':
      return new OpenAICompatibleProvider({ fetch, name, apiKey, baseUrl: needed(kind, { baseUrl }) });
  }
}

function needed(kind: ProviderKind, option: Readonly<Record<string, string | undefined>>): string {
  const [[name, value]] = Object.entries(option) as [[string, string | undefined]];
  if (value === undefined) throw new TypeError(`A provider of kind "${kind}" needs ${name}.`);
  return value;
}

function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
