import { InvalidCallOptionError } from '../../errors/invalid-call-option-error.js';
import type { EmbeddingModel, EmbedOptions, EmbedResult } from '../../model/embedding-model.js';
import { estimateTokens } from '../../model/estimate-tokens.js';
import { LEXICAL_DIMENSIONS, lexicalEmbedding } from './lexical-embedding.js';

/** Deterministic vectors without a network: they compare words and spellings, not meaning. */
export class LexicalEmbeddingModel implements EmbeddingModel {
  readonly provider = 'simulated';
  readonly modelId = 'lexical';
  readonly simulated = true;
  readonly dimensions = LEXICAL_DIMENSIONS;

  async embed({ texts, signal }: EmbedOptions): Promise<EmbedResult> {
    const embeddings: number[][] = [];
    let inputTokens = 0;
    for (const [index, text] of texts.entries()) {
      signal?.throwIfAborted();
      if (text.trim() === '')
        throw new InvalidCallOptionError(`texts[${index}]`, 'a text with at least one word', text);
      embeddings.push(lexicalEmbedding(text));
      inputTokens += estimateTokens(text);
      // A long batch lets others have a turn, and an abort be heard.
      if (index % 32 === 31) await new Promise((resolve) => setImmediate(resolve));
    }
    return {
      embeddings,
      usage: {
        inputTokens,
        outputTokens: 0,
        cachedInputTokens: 0,
        reasoningTokens: 0,
        costMicroUsd: 0,
        estimated: true,
      },
      model: 'simulated/lexical',
      simulated: true,
      warnings: [],
    };
  }
}
