import { NoSuchModelError } from '../../errors/no-such-model-error.js';
import type { EmbeddingModel } from '../../model/embedding-model.js';
import type { LanguageModel } from '../../model/language-model.js';
import { guardedFetch } from '../../wire/guarded-fetch.js';
import { refuseErrorStatus } from '../../wire/refused-reply.js';
import { GoogleEmbeddingModel } from './google-embedding-model.js';
import { GoogleLanguageModel } from './google-language-model.js';

export const GOOGLE_BASE_URL = 'https://generativelanguage.googleapis.com/v1beta';

export interface GoogleProviderOptions {
  /** The only way out: the application passes its egress door. */
  readonly fetch: typeof globalThis.fetch;
  readonly apiKey: string;
  /** Any server that speaks the Gemini API, its version included; Google itself when absent. */
  readonly baseUrl?: string;
  /** First half of `provider/model`. Default `google`. */
  readonly name?: string;
}

/** What the models of this provider share. */
export interface GoogleConnection {
  /** First half of `provider/model`. */
  readonly provider: string;
  /** Sends one request about a model; throws a `RefusedReply` for every status but success. */
  post(modelId: string, method: string, body: object, signal: AbortSignal | undefined): Promise<Response>;
  /** Whatever must not appear in an error. */
  readonly secrets: readonly string[];
}

/** The model is part of the path, so it must not be able to lead elsewhere. */
const MODEL_ID = /^[a-zA-Z0-9][\w.-]*$/;

/** Google's Gemini API. Its SDK wants a newer Node.js than we do and would add little: one POST per call. */
export class GoogleProvider {
  private readonly connection: GoogleConnection;

  constructor({ fetch, apiKey, baseUrl = GOOGLE_BASE_URL, name = 'google' }: GoogleProviderOptions) {
    const post = guardedFetch(fetch);
    const root = baseUrl.replace(/\/+$/, '');
    this.connection = {
      provider: name,
      secrets: [apiKey],
      post: async (modelId, method, body, signal) => {
        const response = await post(`${root}/models/${modelId}:${method}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-goog-api-key': apiKey },
          body: JSON.stringify(body),
          signal,
        });
        await refuseErrorStatus(response);
        return response;
      },
    };
  }

  /** @throws NoSuchModelError for what cannot be a model's name. */
  languageModel(modelId: string): LanguageModel {
    return new GoogleLanguageModel(this.checked(modelId), this.connection);
  }

  /** @throws NoSuchModelError for what cannot be a model's name. */
  embeddingModel(modelId: string): EmbeddingModel {
    return new GoogleEmbeddingModel(this.checked(modelId), this.connection);
  }

  private checked(modelId: string): string {
    if (MODEL_ID.test(modelId)) return modelId;
    const why = 'names of Gemini models consist of letters, digits, ".", "-" and "_".';
    throw new NoSuchModelError(`${this.connection.provider}/${modelId}`, why, []);
  }
}
