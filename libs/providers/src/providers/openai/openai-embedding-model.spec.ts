import { type Fixture, type FixtureServer, startFixtureServer } from '../../testing/fixture-server.js';
import { fixtureNamed } from '../../testing/openai-fixtures.js';
import { OpenAIProvider } from './openai-provider.js';

describe('OpenAIEmbeddingModel', () => {
  let server: FixtureServer;
  afterEach(() => server.close());

  const embed = async (fixture: Fixture, texts: readonly string[]) => {
    server = await startFixtureServer(() => fixture);
    const provider = new OpenAIProvider({ fetch, apiKey: 'sk-test-key', baseUrl: server.baseUrl });
    return provider.embeddingModel('text-embedding-3-small').embed({ texts });
  };

  it('gives each text its vector, in the order of the texts', async () => {
    const result = await embed({ body: fixtureNamed('embeddings.json') }, ['first', 'second']);
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
    const work = embed({ body: fixtureNamed('embeddings.json') }, ['first', 'second', 'third']);
    await expect(work).rejects.toMatchObject({ code: 'provider.invalid_reply', retryable: true });
  });

  it('names the text that is empty instead of sending it', async () => {
    await expect(embed({ body: '{}' }, ['first', ' '])).rejects.toThrow(
      'texts[1] must be a text with at least one word',
    );
    expect(server.requests).toHaveLength(0);
  });

  it('classifies failures as the language model does', async () => {
    const work = embed({ status: 429, headers: { 'retry-after': '3' }, body: fixtureNamed('error-429.json') }, [
      'first',
    ]);
    await expect(work).rejects.toMatchObject({ code: 'provider.rate_limited', retryAfterMs: 3_000, retryable: true });
  });
});
