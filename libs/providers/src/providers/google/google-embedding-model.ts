import { fieldsOf, itemsOf } from '../../wire/fields-of.js';
import { readJsonReply } from '../../wire/read-json-reply.js';
import { type EmbeddedBatch, RemoteEmbeddingModel } from '../../wire/remote-embedding-model.js';
import { GOOGLE_ERRORS } from './google-error.js';
import type { GoogleConnection } from './google-provider.js';

/** What Google takes in one request. */
const MOST_TEXTS_PER_REQUEST = 100;

interface EmbeddingReply {
  readonly embeddings?: readonly { readonly values?: unknown }[];
  readonly usageMetadata?: { readonly promptTokenCount?: number };
}

/** An embedding model behind the Gemini API. */
export class GoogleEmbeddingModel extends RemoteEmbeddingModel {
  constructor(
    modelId: string,
    private readonly connection: GoogleConnection,
  ) {
    const { provider, secrets } = connection;
    super({ provider, modelId }, { mostTextsPerRequest: MOST_TEXTS_PER_REQUEST, secrets, errors: GOOGLE_ERRORS });
  }

  protected async request(texts: readonly string[], signal: AbortSignal | undefined): Promise<EmbeddedBatch> {
    const model = `models/${this.modelId}`;
    const requests = texts.map((text) => ({ model, content: { parts: [{ text }] } }));
    const response = await this.connection.post(this.modelId, 'batchEmbedContents', { requests }, signal);
    const reply = await readJsonReply<EmbeddingReply>(response, this.name);
    return {
      vectors: itemsOf(reply.embeddings).map((embedding) => fieldsOf(embedding)['values']),
      inputTokens: fieldsOf(reply.usageMetadata)['promptTokenCount'],
    };
  }
}
