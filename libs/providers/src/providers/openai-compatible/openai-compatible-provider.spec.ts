import { describeEmbeddingModelContract } from '../../testing/embedding-model.contract.js';
import { startFixtureServer } from '../../testing/fixture-server.js';
import { describeLanguageModelContract } from '../../testing/language-model.contract.js';
import { openRecordedEmbedding } from '../../testing/recorded-embedding.js';
import { openRecordedSubject } from '../../testing/recorded-subject.js';
import { OpenAICompatibleProvider } from './openai-compatible-provider.js';

const RECORDED = 'openai/__fixtures__';
const providerAt = (baseUrl: string) =>
  new OpenAICompatibleProvider({ fetch, name: 'groq', apiKey: 'gsk_test_key', baseUrl });

describe('OpenAICompatibleProvider', () => {
  it('speaks under its own name, also in errors', async () => {
    const server = await startFixtureServer(() => ({ status: 404, body: '{"error":{"message":"no such model"}}' }));
    const model = providerAt(server.baseUrl).languageModel('llama-4');
    expect(model.provider).toBe('groq');
    await expect(model.generate({ messages: [{ role: 'user', content: 'Hi' }] })).rejects.toThrow(
      'groq/llama-4 answered 404: no such model',
    );
    await server.close();
  });
});

describeLanguageModelContract('a compatible server', () =>
  openRecordedSubject(RECORDED, (baseUrl) => providerAt(baseUrl).languageModel('llama-4'), {
    inputTokens: 1126,
    outputTokens: 18,
    cachedInputTokens: 1024,
    reasoningTokens: 0,
  }),
);
describeEmbeddingModelContract('a compatible server', () =>
  openRecordedEmbedding(RECORDED, (baseUrl) => providerAt(baseUrl).embeddingModel('e5')),
);
