import { createProvider, type ProviderKind, type ProviderOptions } from './create-provider.js';
import type { CallDeadlines } from './model/call-deadlines.js';
import { SimulatedProvider } from './providers/simulated/simulated-provider.js';
import { ProviderRouter, type RoutedProvider } from './router/provider-router.js';

interface Keyed {
  readonly apiKey: string;
  readonly baseUrl?: string;
}

export interface ProvidersOptions {
  /** The only way out for every provider: the application passes its egress door. */
  readonly fetch: typeof globalThis.fetch;
  /** Absent = not available. With a base URL of its own the key may be missing, as local servers ask for none. */
  readonly openai?: {
    readonly apiKey?: string;
    readonly baseUrl?: string;
    readonly api?: 'chat-completions' | 'responses';
  };
  readonly anthropic?: Keyed;
  readonly google?: Keyed;
  readonly ollama?: { readonly baseUrl: string; readonly apiKey?: string };
  /** Servers that imitate OpenAI, each under a name of its own: the first half of `provider/model`. */
  readonly compatible?: readonly { readonly name: string; readonly baseUrl: string; readonly apiKey?: string }[];
  readonly simulated?: {
    /** Pace of streamed answers; 0 = at once. Default 45. */
    readonly wordsPerSecond?: number;
  };
  /** Overrides of the default deadlines of every call. */
  readonly deadlines?: Partial<CallDeadlines>;
}

const NAME = /^[a-z][a-z0-9-]{0,39}$/;
/** A server under one of these names would pass for somebody else's models and prices. */
const RESERVED: ReadonlySet<string> = new Set(['simulated', 'openai', 'anthropic', 'google', 'ollama']);

/**
 * The providers that are configured here, behind their router.
 *
 * @throws TypeError for a compatible server whose name is taken or cannot be part of `provider/model`.
 */
export function createProviders(options: ProvidersOptions): ProviderRouter {
  const { fetch, openai, anthropic, google, ollama } = options;
  const providers = new Map<string, RoutedProvider>();
  const add = (kind: ProviderKind, given: Omit<ProviderOptions, 'fetch'>, name: string = kind): void => {
    providers.set(name, { provider: createProvider(kind, { ...given, name, fetch }), takesAnyModel: true });
  };
  providers.set('simulated', { provider: new SimulatedProvider(options.simulated), takesAnyModel: false });
  if (openai?.apiKey || openai?.baseUrl) add('openai', openai);
  if (anthropic?.apiKey) add('anthropic', anthropic);
  if (google?.apiKey) add('google', google);
  if (ollama?.baseUrl) add('ollama', ollama);
  for (const server of options.compatible ?? []) {
    if (!NAME.test(server.name) || RESERVED.has(server.name) || providers.has(server.name)) {
      throw new TypeError(
        `A compatible provider cannot be called "${server.name}": use another name, of lower-case letters, digits and "-".`,
      );
    }
    add('openai-compatible', server, server.name);
  }
  return new ProviderRouter(providers, options.deadlines);
}
