import type OpenAI from 'openai';
import type { EmbeddingModel } from '../../model/embedding-model.js';
import type { LanguageModel } from '../../model/language-model.js';
import { guardedFetch } from '../../wire/guarded-fetch.js';
import { OpenAIEmbeddingModel } from './openai-embedding-model.js';
import { OpenAILanguageModel } from './openai-language-model.js';
import { OpenAIResponsesLanguageModel } from './openai-responses-language-model.js';

export const OPENAI_BASE_URL = 'https://api.openai.com/v1';

export interface OpenAIProviderOptions {
  /** The only way out: the application passes its egress door. */
  readonly fetch: typeof globalThis.fetch;
  /** May be absent for servers that ask for none, such as a local Ollama. */
  readonly apiKey?: string;
  /** Any server that speaks the chat completions dialect; OpenAI itself when absent. */
  readonly baseUrl?: string;
  /** First half of `provider/model`. Default `openai`. */
  readonly name?: string;
  /** The older chat completions, which every imitation speaks, or the newer Responses. Default `chat-completions`. */
  readonly api?: 'chat-completions' | 'responses';
}

/** What the models of this provider share. */
export interface OpenAIConnection {
  /** First half of `provider/model`. */
  readonly provider: string;
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
  private readonly usesResponses: boolean;

  constructor(options: OpenAIProviderOptions) {
    let client: Promise<OpenAI> | undefined;
    this.usesResponses = options.api === 'responses';
    this.connection = {
      provider: options.name ?? 'openai',
      client: () => (client ??= createClient(options)),
      isOpenAI:
        options.baseUrl === undefined || new URL(options.baseUrl).hostname === new URL(OPENAI_BASE_URL).hostname,
      secrets: options.apiKey === undefined ? [] : [options.apiKey],
    };
  }

  languageModel(modelId: string): LanguageModel {
    return this.usesResponses
      ? new OpenAIResponsesLanguageModel(modelId, this.connection)
      : new OpenAILanguageModel(modelId, this.connection);
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
    defaultHeaders: { Authorization: options.apiKey === undefined ? null : `Bearer ${options.apiKey}` },
    fetch: guardedFetch(options.fetch),
    // One call is one attempt: retries and deadlines belong to the router, which knows the budget.
    maxRetries: 0,
    timeout: 2 ** 31 - 1,
    // The SDK would print replies it cannot parse.
    logLevel: 'off',
  });
}
