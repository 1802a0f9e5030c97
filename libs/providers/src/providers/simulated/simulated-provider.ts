import type { EmbeddingModel } from '../../model/embedding-model.js';
import type { LanguageModel } from '../../model/language-model.js';
import { LexicalEmbeddingModel } from './lexical-embedding-model.js';
import { SimulatedLanguageModel } from './simulated-language-model.js';

export interface SimulatedProviderOptions {
  /** Pace of streamed answers; 0 = at once. Default 45. */
  readonly wordsPerSecond?: number;
}

const READABLE_WORDS_PER_SECOND = 45;

/** The built-in models, which need neither key nor network. One of each kind, whatever id the catalogue lists. */
export class SimulatedProvider {
  private readonly language: LanguageModel;
  private readonly embedding: EmbeddingModel = new LexicalEmbeddingModel();

  constructor({ wordsPerSecond = READABLE_WORDS_PER_SECOND }: SimulatedProviderOptions = {}) {
    if (!(wordsPerSecond >= 0)) throw new RangeError(`wordsPerSecond must be 0 or more; it was ${wordsPerSecond}.`);
    this.language = new SimulatedLanguageModel({ wordsPerSecond });
  }

  languageModel(): LanguageModel {
    return this.language;
  }

  embeddingModel(): EmbeddingModel {
    return this.embedding;
  }
}
