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
import { GoogleProvider } from './google-provider.js';

const RECORDED = 'google/__fixtures__';
const API_KEY = 'AIzaSyZk39canaryQ7vT2mXw8LrB5nYc1HdG00';
const CALL: CallOptions = { messages: [{ role: 'user', content: 'Fasse zusammen.' }] };
const providerAt = (baseUrl: string) => new GoogleProvider({ fetch, apiKey: API_KEY, baseUrl });

describe('GoogleLanguageModel', () => {
  let server: FixtureServer;
  afterEach(() => server.close());
  const modelFor = async (reply: (request: FixtureRequest) => Fixture) => {
    server = await startFixtureServer(reply);
    return providerAt(server.baseUrl).languageModel('gemini-3.5-flash');
  };

  it('leaves thoughts out of the answer and counts them as output', async () => {
    const model = await modelFor((request) => recording(RECORDED, 'text', request));
    for (const result of [await model.generate(CALL), await collectStream(model, CALL)]) {
      expect(result).toMatchObject({
        text: 'Der Kunde wurde zweimal belastet – 49 € zu viel. 👍🏽 Bitte zurückerstatten.',
        model: 'google/gemini-3.5-flash',
        finishReason: { unified: 'stop', raw: 'STOP' },
        usage: { outputTokens: 18 + 27, reasoningTokens: 27, cachedInputTokens: 1024 },
      });
    }
    expect(server.requests.map((request) => request.path)).toEqual([
      '/v1/models/gemini-3.5-flash:generateContent',
      '/v1/models/gemini-3.5-flash:streamGenerateContent?alt=sse',
    ]);
    expect(server.requests[0]?.headers).toMatchObject({ 'x-goog-api-key': API_KEY });
  });

  it('keeps the signature of a call, and gives it back with the next turn', async () => {
    const model = await modelFor((request) => recording(RECORDED, 'tool-calls', request));
    const { toolCalls } = await collectStream(model, CONTRACT_CALLS['parallel-tools']);
    expect(toolCalls.map((call) => call.signature)).toEqual([expect.stringMatching(/^CiQB/), undefined]);
    await model.generate({
      messages: [
        ...CONTRACT_CALLS['parallel-tools'].messages,
        { role: 'assistant', content: toolCalls.map((toolCall) => ({ type: 'tool-call', toolCall })) },
        { role: 'tool', toolCallId: 'fc-8f2k1', toolName: 'get_weather', content: 'sunny' },
        { role: 'tool', toolCallId: 'fc-8f2k2', toolName: 'get_weather', content: 'no such city', isError: true },
      ],
    });
    const contents = server.requests[1]?.body['contents'] as { role: string; parts: object[] }[];
    expect(contents.map((content) => content.role)).toEqual(['user', 'model', 'user']);
    expect(contents[1]?.parts).toMatchObject([
      { functionCall: { id: 'fc-8f2k1', name: 'get_weather' }, thoughtSignature: toolCalls[0]?.signature },
      { functionCall: { id: 'fc-8f2k2' } },
    ]);
    expect(contents[2]?.parts).toEqual([
      { functionResponse: { id: 'fc-8f2k1', name: 'get_weather', response: { result: 'sunny' } } },
      { functionResponse: { id: 'fc-8f2k2', name: 'get_weather', response: { error: 'no such city' } } },
    ]);
  });

  it.each([
    ['error-400-key.json', 400, { code: 'provider.unauthorized', retryable: false }],
    ['error-400-context.json', 400, { code: 'provider.context_length_exceeded', retryable: false }],
    ['error-404.json', 404, { code: 'provider.not_found', retryable: false }],
    ['error-429.json', 429, { code: 'provider.rate_limited', retryable: true, retryAfterMs: 34_500 }],
    ['error-500.json', 500, { code: 'provider.server_error', retryable: true }],
    ['error-503.json', 503, { code: 'provider.overloaded', retryable: true }],
  ])('classifies %s with status %i', async (file, status, expected) => {
    const model = await modelFor(() => ({ status, body: fixtureNamed(RECORDED, file) }));
    const error = (await collectStream(model, CALL).catch((thrown: unknown) => thrown)) as ModelCallError;
    expect(error).toMatchObject({ ...expected, status });
  });

  it('says that a prompt was blocked, and that a function call came out malformed', async () => {
    const blocked = await modelFor(() => ({ body: fixtureNamed(RECORDED, 'blocked.json') }));
    expect(await blocked.generate(CALL)).toMatchObject({
      text: '',
      finishReason: { unified: 'content-filter', raw: 'PROHIBITED_CONTENT' },
    });
    await server.close();
    const body = fixtureNamed(RECORDED, 'text.json').replace('"STOP"', '"MALFORMED_FUNCTION_CALL"');
    const malformed = await modelFor(() => ({ body }));
    await expect(malformed.generate(CALL)).rejects.toMatchObject({
      code: 'provider.invalid_tool_call',
      retryable: true,
    });
  });
});

describe('GoogleProvider', () => {
  it.each(['../../v1/files', 'a/b', 'x?key=1', '', 'x:generateContent'])('refuses "%s" as a name', (modelId) => {
    expect(() => providerAt('http://127.0.0.1:1').languageModel(modelId)).toThrow('names of Gemini models consist of');
  });
});

describeLanguageModelContract('google', () =>
  openRecordedSubject(RECORDED, (baseUrl) => providerAt(baseUrl).languageModel('gemini-3.5-flash'), {
    inputTokens: 1126,
    outputTokens: 45,
    cachedInputTokens: 1024,
    reasoningTokens: 27,
  }),
);
describeEmbeddingModelContract('google', () =>
  openRecordedEmbedding(RECORDED, (baseUrl) => providerAt(baseUrl).embeddingModel('gemini-embedding-001')),
);
