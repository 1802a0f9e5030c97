import type OpenAI from 'openai';
import type { EmbeddingModel } from '../../model/embedding-model.js';
import type { LanguageModel } from '../../model/language-model.js';
import { guardedFetch } from './guarded-fetch.js';
import { OpenAIEmbeddingModel } from './openai-embedding-model.js';
import { OpenAILanguageModel } from './openai-language-model.js';

export const OPENAI_BASE_URL = 'https://api.openai.com/v1';

export interface OpenAIProviderOptions {
  /** The only way out: the application passes its egress door. */
  readonly fetch: typeof globalThis.fetch;
  /** May be absent for servers that ask for none, such as a local Ollama. */
  readonly apiKey?: string;
  /** Any server that speaks the chat completions dialect; OpenAI itself when absent. */
  readonly baseUrl?: string;
}

/** What the models of this provider share. */
export interface OpenAIConnection {
  /** Resolves the SDK client; the SDK is loaded with the first call, not with the application. */
  client(): Promise<OpenAI>;
  /** False for servers that only imitate OpenAI: they know the older parameter names alone. */
  readonly isOpenAI: boolean;
  /** Whatever must not appear in an error. */
  readonly secrets: readonly string[];
}

/** OpenAI, or anything that imitates its chat completions. */
export class OpenAIProvider {
  private readonly connection: OpenAIConnection;

  constructor(options: OpenAIProviderOptions) {
    let client: Promise<OpenAI> | undefined;
    this.connection = {
      client: () => (client ??= createClient(options)),
      isOpenAI:
        options.baseUrl === undefined || new URL(options.baseUrl).hostname === new URL(OPENAI_BASE_URL).hostname,
      secrets: options.apiKey === undefined ? [] : [options.apiKey],
    };
  }

  languageModel(modelId: string): LanguageModel {
    return new OpenAILanguageModel(modelId, this.connection);
  }

  embeddingModel(modelId: string): EmbeddingModel {
    return new OpenAIEmbeddingModel(modelId, this.connection);
  }
}

async function createClient(options: OpenAIProviderOptions): Promise<OpenAI> {
  const { OpenAI: Client } = await import('openai');
  return new Client({
    // Everything the SDK would otherwise take from the environment is set, so that nothing leaks in from there.
    apiKey: options.apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: options.baseUrl ?? OPENAI_BASE_URL,
    defaultHeaders: options.apiKey === undefined ? { Authorization: null } : undefined,
    fetch: guardedFetch(options.fetch),
    // One call is one attempt: retries and deadlines belong to the router, which knows the budget.
    maxRetries: 0,
    timeout: 2 ** 31 - 1,
    // The SDK would print replies it cannot parse.
    logLevel: 'off',
  });
}
