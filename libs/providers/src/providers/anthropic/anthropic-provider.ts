import type Anthropic from '@anthropic-ai/sdk';
import { NoSuchModelError } from '../../errors/no-such-model-error.js';
import type { EmbeddingModel } from '../../model/embedding-model.js';
import type { LanguageModel } from '../../model/language-model.js';
import { guardedFetch } from '../../wire/guarded-fetch.js';
import { AnthropicLanguageModel } from './anthropic-language-model.js';

export const ANTHROPIC_BASE_URL = 'https://api.anthropic.com';

export interface AnthropicProviderOptions {
  /** The only way out: the application passes its egress door. */
  readonly fetch: typeof globalThis.fetch;
  readonly apiKey: string;
  /** Any server that speaks the Messages API, with or without `/v1` at its end; Anthropic itself when absent. */
  readonly baseUrl?: string;
  /** First half of `provider/model`. Default `anthropic`. */
  readonly name?: string;
}

/** What the models of this provider share. */
export interface AnthropicConnection {
  /** First half of `provider/model`. */
  readonly provider: string;
  /** Resolves the SDK client; the SDK is loaded with the first call, not with the application. */
  client(): Promise<Anthropic>;
  /** Whatever must not appear in an error. */
  readonly secrets: readonly string[];
}

/** Anthropic, or anything that imitates its Messages API. */
export class AnthropicProvider {
  private readonly connection: AnthropicConnection;

  constructor(options: AnthropicProviderOptions) {
    let client: Promise<Anthropic> | undefined;
    this.connection = {
      provider: options.name ?? 'anthropic',
      client: () => (client ??= createClient(options)),
      secrets: [options.apiKey],
    };
  }

  languageModel(modelId: string): LanguageModel {
    return new AnthropicLanguageModel(modelId, this.connection);
  }

  /** @throws NoSuchModelError always. */
  embeddingModel(modelId: string): EmbeddingModel {
    throw new NoSuchModelError(`${this.connection.provider}/${modelId}`, 'Anthropic has no embedding models.', []);
  }
}

async function createClient(options: AnthropicProviderOptions): Promise<Anthropic> {
  const { Anthropic: Client } = await import('@anthropic-ai/sdk');
  return new Client({
    // Everything the SDK would otherwise take from the environment is set, so that nothing leaks in from there.
    apiKey: options.apiKey,
    webhookKey: null,
    baseURL: (options.baseUrl ?? ANTHROPIC_BASE_URL).replace(/\/+(?:v1\/*)?$/, ''),
    // The header that every version of the API and every imitation knows; the SDK would send a bearer token.
    defaultHeaders: { 'x-api-key': options.apiKey, Authorization: null },
    fetch: guardedFetch(options.fetch),
    // One call is one attempt: retries and deadlines belong to the router, which knows the budget.
    maxRetries: 0,
    timeout: 2 ** 31 - 1,
    // The SDK would print replies it cannot parse.
    logLevel: 'off',
    openTelemetry: false,
  });
}
