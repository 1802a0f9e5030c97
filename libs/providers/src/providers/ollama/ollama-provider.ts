import type { Ollama } from 'ollama';
import type { EmbeddingModel } from '../../model/embedding-model.js';
import type { LanguageModel } from '../../model/language-model.js';
import { guardedFetch } from '../../wire/guarded-fetch.js';
import { refuseErrorStatus } from '../../wire/refused-reply.js';
import { OllamaEmbeddingModel } from './ollama-embedding-model.js';
import { OllamaLanguageModel } from './ollama-language-model.js';

export const OLLAMA_BASE_URL = 'http://127.0.0.1:11434';

export interface OllamaProviderOptions {
  /** The only way out: the application passes its egress door. */
  readonly fetch: typeof globalThis.fetch;
  /** Where Ollama listens, with or without `/api` or `/v1` at its end; this machine when absent. */
  readonly baseUrl?: string;
  /** Local servers ask for none; ollama.com and guarding proxies do. */
  readonly apiKey?: string;
  /** First half of `provider/model`. Default `ollama`. */
  readonly name?: string;
}

/** What the models of this provider share. */
export interface OllamaConnection {
  /** First half of `provider/model`. */
  readonly provider: string;
  /** Sends what the SDK asks for; throws a `RefusedReply` for every status but success. */
  send(signal: AbortSignal | undefined, ask: (client: Ollama) => Promise<unknown>): Promise<Response>;
  /** Whatever must not appear in an error. */
  readonly secrets: readonly string[];
}

/** Ollama by its own API, which tells more than its imitation of OpenAI's. */
export class OllamaProvider {
  private readonly connection: OllamaConnection;

  constructor(options: OllamaProviderOptions) {
    this.connection = {
      provider: options.name ?? 'ollama',
      send: (signal, ask) => send(options, signal, ask),
      secrets: options.apiKey === undefined ? [] : [options.apiKey],
    };
  }

  languageModel(modelId: string): LanguageModel {
    return new OllamaLanguageModel(modelId, this.connection);
  }

  embeddingModel(modelId: string): EmbeddingModel {
    return new OllamaEmbeddingModel(modelId, this.connection);
  }
}

/**
 * The SDK phrases the request, and the reply is ours: it would read without bound, skip and print lines that are not
 * JSON, drop `Retry-After`, and it takes no signal. So it gets an empty reply, and a client of its own per call.
 */
async function send(
  { fetch, baseUrl = OLLAMA_BASE_URL, apiKey }: OllamaProviderOptions,
  signal: AbortSignal | undefined,
  ask: (client: Ollama) => Promise<unknown>,
): Promise<Response> {
  const { Ollama: Client } = await import('ollama');
  let response: Response | undefined;
  const client = new Client({
    host: baseUrl.replace(/\/+(?:(?:api|v1)\/*)?$/, ''),
    fetch: async (input, init) => {
      const headers = new Headers(init?.headers);
      // The SDK would put a key of the environment here.
      if (apiKey === undefined) headers.delete('authorization');
      else headers.set('authorization', `Bearer ${apiKey}`);
      response = await guardedFetch(fetch)(input, { ...init, headers, signal });
      return new Response('{}');
    },
  });
  await ask(client);
  if (!response) throw new Error('The SDK has sent nothing.');
  await refuseErrorStatus(response);
  return response;
}
