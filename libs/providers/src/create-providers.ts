import type { CallDeadlines } from './model/call-deadlines.js';
import { OpenAIProvider } from './providers/openai/openai-provider.js';
import { SimulatedProvider } from './providers/simulated/simulated-provider.js';
import { ProviderRouter, type RoutedProvider } from './router/provider-router.js';

export interface ProvidersOptions {
  /** The only way out for every provider: the application passes its egress door. */
  readonly fetch: typeof globalThis.fetch;
  /** Absent = not available. With a base URL of its own the key may be missing, as local servers ask for none. */
  readonly openai?: { readonly apiKey?: string; readonly baseUrl?: string };
  readonly simulated?: {
    /** Pace of streamed answers; 0 = at once. Default 45. */
    readonly wordsPerSecond?: number;
  };
  /** Overrides of the default deadlines of every call. */
  readonly deadlines?: Partial<CallDeadlines>;
}

/** The providers that are configured here, behind their router. */
export function createProviders(options: ProvidersOptions): ProviderRouter {
  const providers = new Map<string, RoutedProvider>();
  providers.set('simulated', { provider: new SimulatedProvider(options.simulated), takesAnyModel: false });
  const { apiKey, baseUrl } = options.openai ?? {};
  if (apiKey || baseUrl) {
    const provider = new OpenAIProvider({
      fetch: options.fetch,
      apiKey: apiKey || undefined,
      baseUrl: baseUrl || undefined,
    });
    providers.set('openai', { provider, takesAnyModel: true });
  }
  return new ProviderRouter(providers, options.deadlines);
}
