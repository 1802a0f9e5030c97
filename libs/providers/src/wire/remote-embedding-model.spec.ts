import { type EmbeddedBatch, RemoteEmbeddingModel } from './remote-embedding-model.js';

class TwoAtATime extends RemoteEmbeddingModel {
  readonly batches: (readonly string[])[] = [];

  constructor(private readonly answer: (texts: readonly string[]) => EmbeddedBatch) {
    const errors = { codes: {}, read: () => ({ names: [] }) };
    super({ provider: 'test', modelId: 'e' }, { mostTextsPerRequest: 2, secrets: [], errors });
  }

  protected async request(texts: readonly string[]): Promise<EmbeddedBatch> {
    this.batches.push(texts);
    return this.answer(texts);
  }
}

describe('RemoteEmbeddingModel', () => {
  it('asks in batches that the provider takes and adds up what they used', async () => {
    const model = new TwoAtATime((texts) => ({ vectors: texts.map((text) => [text.length, 1]), inputTokens: 3 }));
    const { embeddings, usage } = await model.embed({ texts: ['a', 'bb', 'ccc'] });
    expect(model.batches).toEqual([['a', 'bb'], ['ccc']]);
    expect(embeddings.map(([length]) => length)).toEqual([1, 2, 3]);
    expect(usage).toMatchObject({ inputTokens: 6, estimated: false });
  });

  it('estimates what a provider does not count, and says so', async () => {
    const model = new TwoAtATime((texts) => ({ vectors: texts.map(() => [1]), inputTokens: undefined }));
    const { usage, warnings } = await model.embed({ texts: ['two words'] });
    expect(usage.estimated).toBe(true);
    expect(usage.inputTokens).toBeGreaterThan(0);
    expect(warnings).toContainEqual(expect.objectContaining({ kind: 'estimated-usage' }));
  });

  it.each([
    ['too few', [[1, 2]]],
    ['of different lengths', [[1, 2], [1]]],
    ['empty', [[], []]],
    ['not of numbers', [['1'], ['2']]],
  ])('refuses vectors that are %s', async (_what, vectors) => {
    const model = new TwoAtATime(() => ({ vectors, inputTokens: 1 }));
    await expect(model.embed({ texts: ['a', 'b'] })).rejects.toMatchObject({
      code: 'provider.invalid_reply',
      retryable: true,
    });
  });
});
