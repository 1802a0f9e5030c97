import type { ModelCallError } from '../../errors/model-call-error.js';
import type { CallOptions } from '../../model/call-options.js';
import { collectStream } from '../../model/collect-stream.js';
import { describeEmbeddingModelContract } from '../../testing/embedding-model.contract.js';
import {
  type Fixture,
  type FixtureRequest,
  type FixtureServer,
  startFixtureServer,
} from '../../testing/fixture-server.js';
import { CONTRACT_CALLS } from '../../testing/contract-calls.js';
import { describeLanguageModelContract } from '../../testing/language-model.contract.js';
import { openRecordedEmbedding } from '../../testing/recorded-embedding.js';
import { openRecordedSubject } from '../../testing/recorded-subject.js';
import { fixtureNamed, recording } from '../../testing/recordings.js';
import { OllamaProvider } from './ollama-provider.js';

const RECORDED = 'ollama/__fixtures__';
const CALL: CallOptions = { messages: [{ role: 'user', content: 'Fasse zusammen.' }] };
const providerAt = (baseUrl: string, apiKey?: string) => new OllamaProvider({ fetch, baseUrl, apiKey });

describe('OllamaLanguageModel', () => {
  let server: FixtureServer;
  afterEach(() => server.close());
  const modelFor = async (reply: (request: FixtureRequest) => Fixture, apiKey?: string) => {
    server = await startFixtureServer(reply);
    return providerAt(server.baseUrl, apiKey).languageModel('qwen3:8b');
  };

  it('speaks to the native API, whichever of its addresses was given', async () => {
    const model = await modelFor((request) => recording(RECORDED, 'text', request));
    await collectStream(model, { ...CALL, temperature: 0.2, topP: 0.6, maxTokens: 50, stop: ['END'] });
    expect(server.requests[0]).toMatchObject({
      path: '/api/chat',
      body: {
        model: 'qwen3:8b',
        stream: true,
        messages: [{ role: 'user', content: 'Fasse zusammen.' }],
        options: { temperature: 0.2, top_p: 0.6, num_predict: 50, stop: ['END'] },
      },
    });
  });

  it('sends the key it was given, and none from the environment', async () => {
    const withKey = await modelFor((request) => recording(RECORDED, 'text', request), 'ollama-secret');
    await withKey.generate(CALL);
    expect(server.requests[0]?.headers['authorization']).toBe('Bearer ollama-secret');
    await server.close();
    const without = await modelFor((request) => recording(RECORDED, 'text', request));
    await without.generate(CALL);
    expect(server.requests[0]?.headers['authorization']).toBeUndefined();
  });

  it('sends tool calls and results in Ollama’s words', async () => {
    const model = await modelFor((request) => recording(RECORDED, 'after-tool', request));
    await model.generate(CONTRACT_CALLS['tool-result']);
    expect(server.requests[0]?.body['messages']).toEqual([
      { role: 'user', content: 'What is the weather in Paris?' },
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ function: { name: 'get_weather', arguments: { city: 'Paris' } } }],
      },
      { role: 'tool', tool_name: 'get_weather', content: '{"celsius":18,"sky":"sunny"}' },
    ]);
  });

  it('enforces a schema, but asks in words while tools may be used', async () => {
    const model = await modelFor((request) => recording(RECORDED, 'structured', request));
    await model.generate(CONTRACT_CALLS.json);
    expect(server.requests[0]?.body['format']).toEqual(CONTRACT_CALLS.json.responseFormat.schema);
    const tools = CONTRACT_CALLS['tool-call'].tools;
    const { warnings } = await model.generate({ ...CONTRACT_CALLS.json, tools, toolChoice: 'required' });
    expect(server.requests[1]?.body['format']).toBeUndefined();
    expect(warnings.map((warning) => warning.setting)).toEqual(['toolChoice', 'responseFormat']);
  });

  it.each([
    ['error-400-tools.json', 400, { code: 'provider.bad_request', retryable: false }],
    ['error-401.json', 401, { code: 'provider.unauthorized', retryable: false }],
    ['error-404.json', 404, { code: 'provider.not_found', retryable: false }],
    ['error-429.json', 429, { code: 'provider.rate_limited', retryable: true, retryAfterMs: 3_000 }],
    ['error-500.json', 500, { code: 'provider.server_error', retryable: true }],
    ['error-503.json', 503, { code: 'provider.overloaded', retryable: true }],
    ['sign-in.html', 502, { code: 'provider.server_error', retryable: true }],
  ])('classifies %s with status %i, and prints nothing', async (file, status, expected) => {
    const contentType = file.endsWith('html') ? 'text/html' : 'application/json';
    const headers = { 'retry-after': '3' };
    const body = fixtureNamed(RECORDED, file);
    const model = await modelFor(() => ({ status, headers, contentType, body }));
    for (const call of [model.generate(CALL), collectStream(model, CALL)]) {
      const error = (await call.catch((thrown: unknown) => thrown)) as ModelCallError;
      expect(error).toMatchObject({ ...expected, status });
    }
  });

  it('reports an error inside a stream, and a missing count as an estimate', async () => {
    const body = `${fixtureNamed(RECORDED, 'text.chunks.txt').split('\n')[0]}\n{"error":"model runner crashed"}\n`;
    const failing = await modelFor(() => ({ contentType: 'application/x-ndjson', body }));
    await expect(collectStream(failing, CALL)).rejects.toMatchObject({
      code: 'provider.server_error',
      retryable: true,
    });
    await server.close();
    const uncounted = fixtureNamed(RECORDED, 'text.json').replace('"prompt_eval_count": 126,', '');
    const silent = await modelFor(() => ({ body: uncounted }));
    const { usage, warnings } = await silent.generate(CALL);
    expect(usage.estimated).toBe(true);
    expect(warnings).toContainEqual(expect.objectContaining({ kind: 'estimated-usage' }));
  });
});

describeLanguageModelContract('ollama', () =>
  openRecordedSubject(RECORDED, (baseUrl) => providerAt(baseUrl).languageModel('qwen3:8b'), {
    inputTokens: 126,
    outputTokens: 18,
    cachedInputTokens: 0,
    reasoningTokens: 0,
  }),
);
describeEmbeddingModelContract('ollama', () =>
  openRecordedEmbedding(RECORDED, (baseUrl) => providerAt(baseUrl).embeddingModel('embeddinggemma')),
);
