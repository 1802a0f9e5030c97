import { fieldsOf, itemsOf } from '../../wire/fields-of.js';
import { readJsonReply } from '../../wire/read-json-reply.js';
import { type EmbeddedBatch, RemoteEmbeddingModel } from '../../wire/remote-embedding-model.js';
import type { OpenAIUsage } from './openai-api-types.js';
import { OPENAI_ERRORS } from './openai-error.js';
import type { OpenAIConnection } from './openai-provider.js';

/** What OpenAI takes in one request. */
const MOST_TEXTS_PER_REQUEST = 2_048;

interface EmbeddingReply {
  readonly model?: string;
  readonly data?: readonly { readonly index?: number; readonly embedding?: unknown }[];
  readonly usage?: OpenAIUsage | null;
}

/** An embedding model of OpenAI, or of a server that imitates it. */
export class OpenAIEmbeddingModel extends RemoteEmbeddingModel {
  constructor(
    modelId: string,
    private readonly connection: OpenAIConnection,
  ) {
    const { provider, secrets } = connection;
    super({ provider, modelId }, { mostTextsPerRequest: MOST_TEXTS_PER_REQUEST, secrets, errors: OPENAI_ERRORS });
  }

  protected async request(texts: readonly string[], signal: AbortSignal | undefined): Promise<EmbeddedBatch> {
    const client = await this.connection.client();
    // Plain numbers: the SDK's default, base64, is unknown to many imitations.
    const body = { model: this.modelId, input: [...texts], encoding_format: 'float' as const };
    const response = await client.embeddings.create(body, { signal }).asResponse();
    const reply = await readJsonReply<EmbeddingReply>(response, this.name);
    const vectors = new Array<unknown>(texts.length).fill(undefined);
    itemsOf(reply.data).forEach((item, position) => {
      const { index, embedding } = fieldsOf(item);
      const place = typeof index === 'number' ? index : position;
      if (place in vectors) vectors[place] = embedding;
    });
    return { vectors, inputTokens: reply.usage?.prompt_tokens, model: reply.model };
  }
}
