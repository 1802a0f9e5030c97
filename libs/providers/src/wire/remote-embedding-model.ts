import { InvalidCallOptionError } from '../errors/invalid-call-option-error.js';
import { ModelCallError } from '../errors/model-call-error.js';
import type { EmbeddingModel, EmbedOptions, EmbedResult } from '../model/embedding-model.js';
import { estimateTokens } from '../model/estimate-tokens.js';
import { type ErrorDialect, toCallError } from './call-error.js';
import { isCount } from './count-tokens.js';
import type { AskedModel } from './growing-answer.js';

/** What a provider answered to one batch of texts; nothing is promised to be of its type. */
export interface EmbeddedBatch {
  /** One per text, in their order. */
  readonly vectors: readonly unknown[];
  readonly inputTokens: unknown;
  /** The model as the provider names it. */
  readonly model?: unknown;
}

export interface EmbeddingWire {
  /** What the provider takes in one request. */
  readonly mostTextsPerRequest: number;
  /** Whatever must not appear in an error. */
  readonly secrets: readonly string[];
  readonly errors: ErrorDialect;
}

/** An embedding model at the other end of a connection. A provider adds how one batch is asked for. */
export abstract class RemoteEmbeddingModel implements EmbeddingModel {
  readonly provider: string;
  readonly modelId: string;
  readonly simulated = false;
  readonly dimensions = null;

  constructor(
    asked: AskedModel,
    private readonly wire: EmbeddingWire,
  ) {
    this.provider = asked.provider;
    this.modelId = asked.modelId;
  }

  protected abstract request(texts: readonly string[], signal: AbortSignal | undefined): Promise<EmbeddedBatch>;

  async embed({ texts, signal }: EmbedOptions): Promise<EmbedResult> {
    const empty = texts.findIndex((text) => text.trim() === '');
    if (empty !== -1)
      throw new InvalidCallOptionError(`texts[${empty}]`, 'a text with at least one word', texts[empty]);
    const embeddings: (readonly number[])[] = [];
    let inputTokens = 0;
    let estimated = false;
    let model = this.modelId;
    for (let from = 0; from < texts.length; from += this.wire.mostTextsPerRequest) {
      const batch = texts.slice(from, from + this.wire.mostTextsPerRequest);
      const answer = await this.attempt(batch, signal);
      embeddings.push(...this.vectorsOf(answer, batch.length));
      if (typeof answer.model === 'string' && answer.model !== '') model = answer.model;
      estimated ||= !isCount(answer.inputTokens);
      inputTokens += isCount(answer.inputTokens)
        ? answer.inputTokens
        : batch.reduce((sum, text) => sum + estimateTokens(text), 0);
    }
    return {
      embeddings,
      usage: { inputTokens, outputTokens: 0, cachedInputTokens: 0, reasoningTokens: 0, costMicroUsd: null, estimated },
      model: `${this.provider}/${model}`,
      simulated: false,
      warnings: estimated
        ? [{ kind: 'estimated-usage', message: 'The provider reported no token counts; they are estimates.' }]
        : [],
    };
  }

  protected get name(): string {
    return `${this.provider}/${this.modelId}`;
  }

  private async attempt(texts: readonly string[], signal: AbortSignal | undefined): Promise<EmbeddedBatch> {
    try {
      signal?.throwIfAborted();
      return await this.request(texts, signal);
    } catch (error) {
      const { secrets, errors } = this.wire;
      throw toCallError(error, { model: this.name, signal, secrets, answering: false, outputStarted: false }, errors);
    }
  }

  private vectorsOf({ vectors }: EmbeddedBatch, count: number): (readonly number[])[] {
    const length = isVector(vectors[0]) ? vectors[0].length : 0;
    if (vectors.length !== count || !vectors.every((vector) => isVector(vector) && vector.length === length)) {
      throw new ModelCallError(
        'provider.invalid_reply',
        `${this.name} did not send one vector for each of ${count} texts.`,
        { retryable: true },
      );
    }
    return vectors as (readonly number[])[];
  }
}

function isVector(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((number) => typeof number === 'number');
}
