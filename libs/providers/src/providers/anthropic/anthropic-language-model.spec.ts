import type { ModelCallError } from '../../errors/model-call-error.js';
import type { CallOptions } from '../../model/call-options.js';
import { collectStream } from '../../model/collect-stream.js';
import {
  type Fixture,
  type FixtureRequest,
  type FixtureServer,
  startFixtureServer,
} from '../../testing/fixture-server.js';
import { CONTRACT_CALLS } from '../../testing/contract-calls.js';
import { describeLanguageModelContract } from '../../testing/language-model.contract.js';
import { openRecordedSubject } from '../../testing/recorded-subject.js';
import { fixtureNamed, recording } from '../../testing/recordings.js';
import { AnthropicProvider } from './anthropic-provider.js';

const RECORDED = 'anthropic/__fixtures__';
const API_KEY = 'sk-ant-api03-Zk39canaryQ7vT2mXw8LrB5nYc1HdG';
const CALL: CallOptions = { messages: [{ role: 'user', content: 'Fasse zusammen.' }] };
const modelAt = (baseUrl: string, modelId = 'claude-sonnet-4-5') =>
  new AnthropicProvider({ fetch, apiKey: API_KEY, baseUrl }).languageModel(modelId);

describe('AnthropicLanguageModel', () => {
  let server: FixtureServer;
  afterEach(() => server.close());
  const modelFor = async (reply: (request: FixtureRequest) => Fixture, modelId?: string) => {
    server = await startFixtureServer(reply);
    return modelAt(server.baseUrl, modelId);
  };

  it('sends the key and the version of the API, and reads usage with cached input counted in', async () => {
    const model = await modelFor((request) => recording(RECORDED, 'text', request));
    const result = await model.generate(CALL);
    expect(result).toMatchObject({
      text: 'Der Kunde wurde zweimal belastet – 49 € zu viel. 👍🏽 Bitte zurückerstatten.',
      model: 'anthropic/claude-sonnet-4-5-20250929',
      finishReason: { unified: 'stop', raw: 'end_turn' },
      usage: { inputTokens: 38 + 1024 + 64, cachedInputTokens: 1024, outputTokens: 31 },
    });
    expect(server.requests[0]).toMatchObject({
      path: '/v1/messages',
      headers: { 'x-api-key': API_KEY, 'anthropic-version': '2023-06-01' },
    });
    expect(server.requests[0]?.headers['authorization']).toBeUndefined();
  });

  it('speaks the newest version of the API to models that need no older one', async () => {
    const model = await modelFor((request) => recording(RECORDED, 'text', request), 'claude-opus-5-5');
    await model.generate(CALL);
    expect(server.requests[0]?.headers['anthropic-version']).toBe('2026-10-21');
  });

  it('keeps words and calls apart when a model says something before it calls tools', async () => {
    const model = await modelFor((request) => recording(RECORDED, 'tool-calls', request, { pieceBytes: 7 }));
    const result = await collectStream(model, CONTRACT_CALLS['parallel-tools']);
    expect(result.text).toBe("I'll look both up.");
    expect(result.toolCalls).toEqual([
      { id: 'toolu_01T1x1fJ34qAmk2tNTrN7Up6', toolName: 'get_weather', arguments: { city: 'Paris' } },
      {
        id: 'toolu_01Wq4bZ8sXk3mVr9cNdJyHtL',
        toolName: 'get_weather',
        arguments: { city: 'Berlin', unit: 'celsius' },
      },
    ]);
  });

  it.each([
    ['error-400-context.json', 400, { code: 'provider.context_length_exceeded', retryable: false }],
    ['error-400-credit.json', 400, { code: 'provider.quota_exhausted', retryable: false }],
    ['error-401.json', 401, { code: 'provider.unauthorized', retryable: false }],
    ['error-404.json', 404, { code: 'provider.not_found', retryable: false }],
    ['error-429.json', 429, { code: 'provider.rate_limited', retryable: true, retryAfterMs: 20_000 }],
    ['error-500.json', 500, { code: 'provider.server_error', retryable: true }],
    ['error-529.json', 529, { code: 'provider.overloaded', retryable: true }],
    ['sign-in.html', 502, { code: 'provider.server_error', retryable: true }],
  ])('classifies %s with status %i, in one attempt', async (file, status, expected) => {
    const contentType = file.endsWith('html') ? 'text/html' : 'application/json';
    const headers = { 'retry-after': '20' };
    const model = await modelFor(() => ({ status, headers, contentType, body: fixtureNamed(RECORDED, file) }));
    const error = (await model.generate(CALL).catch((thrown: unknown) => thrown)) as ModelCallError;
    expect(error).toMatchObject({ ...expected, status });
    expect(error.message).not.toMatch(/<html/i);
    expect(server.requests).toHaveLength(1);
  });

  it('reports an overload in the middle of a stream, after the words that came before it', async () => {
    const whole = fixtureNamed(RECORDED, 'text.chunks.txt');
    const said = whole.slice(0, whole.indexOf('event: content_block_stop'));
    const body = `${said}event: error\ndata: ${JSON.stringify({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })}\n\n`;
    const model = await modelFor(() => ({ contentType: 'text/event-stream', body }));
    const heard: string[] = [];
    const call = collectStream(model, CALL, (text) => heard.push(text));
    await expect(call).rejects.toMatchObject({ code: 'provider.overloaded', retryable: true, outputStarted: true });
    expect(heard.join('')).toContain('zurückerstatten');
  });

  it('treats a refusal as filtered content', async () => {
    const body = fixtureNamed(RECORDED, 'text.json').replace('"end_turn"', '"refusal"');
    const model = await modelFor(() => ({ body }));
    expect((await model.generate(CALL)).finishReason).toEqual({ unified: 'content-filter', raw: 'refusal' });
  });

  it('does not follow a redirect, with which the key would travel', async () => {
    const model = await modelFor(() => ({ status: 307, headers: { location: 'http://127.0.0.1:1/' }, body: '' }));
    await expect(model.generate(CALL)).rejects.toMatchObject({ code: 'provider.redirected', retryable: false });
  });
});

describe('AnthropicProvider', () => {
  it('says that there are no embedding models', () => {
    const provider = new AnthropicProvider({ fetch, apiKey: API_KEY });
    expect(() => provider.embeddingModel('x')).toThrow('Anthropic has no embedding models');
  });
});

describeLanguageModelContract('anthropic', () =>
  openRecordedSubject(RECORDED, (baseUrl) => modelAt(baseUrl), {
    inputTokens: 1126,
    outputTokens: 31,
    cachedInputTokens: 1024,
    reasoningTokens: 0,
  }),
);
