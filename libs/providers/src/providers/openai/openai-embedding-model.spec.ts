import { type Fixture, type FixtureServer, startFixtureServer } from '../../testing/fixture-server.js';
import { describeEmbeddingModelContract } from '../../testing/embedding-model.contract.js';
import { openRecordedEmbedding } from '../../testing/recorded-embedding.js';
import { fixtureNamed } from '../../testing/recordings.js';
import { OpenAIProvider } from './openai-provider.js';

const RECORDED = 'openai/__fixtures__';
describe('OpenAIEmbeddingModel', () => {
  let server: FixtureServer;
  afterEach(() => server.close());

  const embed = async (fixture: Fixture, texts: readonly string[]) => {
    server = await startFixtureServer(() => fixture);
    const provider = new OpenAIProvider({ fetch, apiKey: 'sk-test-key', baseUrl: server.baseUrl });
    return provider.embeddingModel('text-embedding-3-small').embed({ texts });
  };

  it('gives each text its vector, in the order of the texts', async () => {
    const result = await embed({ body: fixtureNamed(RECORDED, 'embeddings.json') }, ['first', 'second']);
    expect(result.embeddings).toEqual([
      [-0.0069, 0.0143, 0.125, -0.75],
      [0.0231, -0.0124, 0.5, 0.25],
    ]);
    expect(result).toMatchObject({
      model: 'openai/text-embedding-3-small',
      simulated: false,
      usage: { inputTokens: 9, estimated: false },
    });
  });

  it('refuses a reply with a vector missing', async () => {
    const work = embed({ body: fixtureNamed(RECORDED, 'embeddings.json') }, ['first', 'second', 'third']);
    await expect(work).rejects.toMatchObject({ code: 'provider.invalid_reply', retryable: true });
  });

  it('classifies failures as the language model does', async () => {
    const work = embed(
      { status: 429, headers: { 'retry-after': '3' }, body: fixtureNamed(RECORDED, 'error-429.json') },
      ['first'],
    );
    await expect(work).rejects.toMatchObject({ code: 'provider.rate_limited', retryAfterMs: 3_000, retryable: true });
  });
});

describeEmbeddingModelContract('openai', () =>
  openRecordedEmbedding(RECORDED, (baseUrl) =>
    new OpenAIProvider({ fetch, apiKey: 'sk-test-key', baseUrl }).embeddingModel('text-embedding-3-small'),
  ),
);
