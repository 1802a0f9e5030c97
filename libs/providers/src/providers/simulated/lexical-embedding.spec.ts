import { describeEmbeddingModelContract } from '../../testing/embedding-model.contract.js';
import { LEXICAL_DIMENSIONS, lexicalEmbedding } from './lexical-embedding.js';
import { LexicalEmbeddingModel } from './lexical-embedding-model.js';

const cosine = (one: readonly number[], other: readonly number[]) =>
  one.reduce((sum, value, at) => sum + value * other[at]!, 0);

describe('lexicalEmbedding', () => {
  it('is a unit vector, and the same for the same text', () => {
    for (const text of ['I was charged twice.', 'und', '!', '你好', 'a'.repeat(200_000)]) {
      const vector = lexicalEmbedding(text);
      expect(vector).toHaveLength(LEXICAL_DIMENSIONS);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 9);
      expect(lexicalEmbedding(text)).toEqual(vector);
    }
  });

  it('places texts with common words and spellings close to each other', () => {
    const [refund, refunds, weather] = [
      'How do I get a refund for my invoice?',
      'Refunds of invoices',
      'It will rain in the mountains',
    ].map(lexicalEmbedding);
    expect(cosine(refund!, refunds!)).toBeGreaterThan(0.5);
    expect(Math.abs(cosine(refund!, weather!))).toBeLessThan(0.2);
  });

  it('is labelled as what it is', async () => {
    const model = new LexicalEmbeddingModel();
    expect(await model.embed({ texts: ['a', 'b'] })).toMatchObject({
      simulated: true,
      model: 'simulated/lexical',
      usage: { costMicroUsd: 0 },
    });
    await expect(model.embed({ texts: ['a', ''] })).rejects.toThrow('texts[1]');
    await expect(model.embed({ texts: ['a'], signal: AbortSignal.abort(new Error('cancelled')) })).rejects.toThrow(
      'cancelled',
    );
  });
});

describeEmbeddingModelContract('the simulated model', async () => ({ model: new LexicalEmbeddingModel() }));
