import { InvalidCallOptionError } from '../../errors/invalid-call-option-error.js';
import { ModelCallError } from '../../errors/model-call-error.js';
import type { EmbedOptions, EmbeddingModel, EmbedResult } from '../../model/embedding-model.js';
import { estimateTokens } from '../../model/estimate-tokens.js';
import { toProviderError } from './openai-error.js';
import type { OpenAIUsage } from './openai-api-types.js';
import type { OpenAIConnection } from './openai-provider.js';
import { readJsonReply } from './read-json-reply.js';

/** What OpenAI takes in one request. */
const MOST_TEXTS_PER_REQUEST = 2_048;

interface EmbeddingReply {
  readonly model?: string;
  readonly data?: readonly { readonly index?: number; readonly embedding?: unknown }[];
  readonly usage?: OpenAIUsage;
}

export class OpenAIEmbeddingModel implements EmbeddingModel {
  readonly provider = 'openai';
  readonly simulated = false;
  readonly dimensions = null;

  constructor(
    readonly modelId: string,
    private readonly connection: OpenAIConnection,
  ) {}

  async embed(options: EmbedOptions): Promise<EmbedResult> {
    const empty = options.texts.findIndex((text) => text.trim() === '');
    if (empty !== -1)
      throw new InvalidCallOptionError(`texts[${empty}]`, 'a text with at least one word', options.texts[empty]);
    const embeddings: (readonly number[])[] = [];
    let inputTokens = 0;
    let estimated = false;
    let model = this.modelId;
    for (let from = 0; from < options.texts.length; from += MOST_TEXTS_PER_REQUEST) {
      const texts = options.texts.slice(from, from + MOST_TEXTS_PER_REQUEST);
      const reply = await this.request(texts, options.signal);
      embeddings.push(...vectorsOf(reply, texts.length, this.name));
      model = reply.model ?? model;
      const counted = reply.usage?.prompt_tokens;
      estimated ||= typeof counted !== 'number';
      inputTokens += counted ?? texts.reduce((sum, text) => sum + estimateTokens(text), 0);
    }
    return {
      embeddings,
      usage: { inputTokens, outputTokens: 0, cachedInputTokens: 0, reasoningTokens: 0, costMicroUsd: null, estimated },
      model: `openai/${model}`,
      simulated: false,
      warnings: estimated
        ? [{ kind: 'estimated-usage', message: 'The provider reported no token counts; they are estimates.' }]
        : [],
    };
  }

  private get name(): string {
    return `${this.provider}/${this.modelId}`;
  }

  private async request(texts: readonly string[], signal: AbortSignal | undefined): Promise<EmbeddingReply> {
    try {
      signal?.throwIfAborted();
      const client = await this.connection.client();
      // Plain numbers: the SDK's default, base64, is unknown to many imitations.
      const body = { model: this.modelId, input: [...texts], encoding_format: 'float' as const };
      const response = await client.embeddings.create(body, { signal }).asResponse();
      return await readJsonReply<EmbeddingReply>(response, this.name);
    } catch (error) {
      const { secrets } = this.connection;
      throw toProviderError(error, { model: this.name, signal, secrets, answering: false, outputStarted: false });
    }
  }
}

function vectorsOf(reply: EmbeddingReply, count: number, model: string): (readonly number[])[] {
  const vectors = new Array<readonly number[] | undefined>(count).fill(undefined);
  (reply.data ?? []).forEach((item, position) => {
    if (isVector(item.embedding)) vectors[item.index ?? position] = item.embedding;
  });
  const length = vectors[0]?.length;
  if (vectors.length !== count || vectors.some((vector) => vector === undefined || vector.length !== length)) {
    throw new ModelCallError('provider.invalid_reply', `${model} did not send one vector for each of ${count} texts.`, {
      retryable: true,
    });
  }
  return vectors as (readonly number[])[];
}

function isVector(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((number) => typeof number === 'number');
}
