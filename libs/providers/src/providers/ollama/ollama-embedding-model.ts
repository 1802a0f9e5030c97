import { itemsOf } from '../../wire/fields-of.js';
import { readJsonReply } from '../../wire/read-json-reply.js';
import { type EmbeddedBatch, RemoteEmbeddingModel } from '../../wire/remote-embedding-model.js';
import { OLLAMA_ERRORS } from './ollama-error.js';
import type { OllamaConnection } from './ollama-provider.js';

/** Ollama names no bound; a batch should not keep a small machine busy for minutes. */
const MOST_TEXTS_PER_REQUEST = 256;

interface EmbeddingReply {
  readonly model?: string;
  readonly embeddings?: readonly unknown[];
  readonly prompt_eval_count?: number;
}

/** An embedding model behind Ollama's own API. */
export class OllamaEmbeddingModel extends RemoteEmbeddingModel {
  constructor(
    modelId: string,
    private readonly connection: OllamaConnection,
  ) {
    const { provider, secrets } = connection;
    super({ provider, modelId }, { mostTextsPerRequest: MOST_TEXTS_PER_REQUEST, secrets, errors: OLLAMA_ERRORS });
  }

  protected async request(texts: readonly string[], signal: AbortSignal | undefined): Promise<EmbeddedBatch> {
    const response = await this.connection.send(signal, (client) =>
      client.embed({ model: this.modelId, input: [...texts] }),
    );
    const reply = await readJsonReply<EmbeddingReply>(response, this.name);
    return { vectors: itemsOf(reply.embeddings), inputTokens: reply.prompt_eval_count, model: reply.model };
  }
}
