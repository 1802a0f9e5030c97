import { ModelCallError } from '../../errors/model-call-error.js';
import { ProviderError } from '../../errors/provider-error.js';
import { StreamInterruptedError } from '../../errors/stream-interrupted-error.js';
import type { CallOptions } from '../../model/call-options.js';
import { collectStream } from '../../model/collect-stream.js';
import type { LanguageModel } from '../../model/language-model.js';
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
import { OpenAIProvider } from './openai-provider.js';

const RECORDED = 'openai/__fixtures__';
const API_KEY = 'sk-proj-Zk39canaryQ7vT2mXw8LrB5nYc1HdG';
const CALL: CallOptions = { messages: [{ role: 'user', content: 'Fasse zusammen.' }] };

describe('OpenAILanguageModel', () => {
  let server: FixtureServer;
  afterEach(() => server.close());

  const modelFor = async (
    reply: (request: FixtureRequest) => Fixture,
    modelId = 'gpt-4o-mini',
  ): Promise<LanguageModel> => {
    server = await startFixtureServer(reply);
    return new OpenAIProvider({ fetch, apiKey: API_KEY, baseUrl: server.baseUrl }).languageModel(modelId);
  };
  const failureOf = async (work: Promise<unknown>): Promise<Error> =>
    work.then(
      () => {
        throw new Error('it did not fail');
      },
      (error: Error) => error,
    );

  it('reads text, usage and cached tokens of a whole reply', async () => {
    const model = await modelFor((request) => recording(RECORDED, 'text', request));
    const result = await model.generate(CALL);
    expect(result.text).toBe('Der Kunde wurde zweimal belastet – 49 € zu viel. 👍🏽 Bitte zurückerstatten.');
    expect(result.usage).toMatchObject({
      inputTokens: 1126,
      outputTokens: 18,
      cachedInputTokens: 1024,
      costMicroUsd: null,
      estimated: false,
    });
    expect(result).toMatchObject({
      model: 'openai/gpt-4o-mini-2024-07-18',
      simulated: false,
      finishReason: { unified: 'stop', raw: 'stop' },
    });
    expect(result.raw).toMatchObject({ id: 'chatcmpl-CfQ1YrUxvW0aKp3nT8mJd5LsBzEhG' });
  });

  it('asks for usage with a stream, and the older parameter names of servers that are not OpenAI', async () => {
    const model = await modelFor((request) => recording(RECORDED, 'text', request));
    await collectStream(model, { ...CALL, maxTokens: 50, temperature: 0.2, topP: 0.9, stop: ['END'] });
    expect(server.requests[0]?.body).toEqual({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'Fasse zusammen.' }],
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 50,
      temperature: 0.2,
      top_p: 0.9,
      stop: ['END'],
    });
    expect(server.requests[0]?.headers['authorization']).toBe(`Bearer ${API_KEY}`);
  });

  it.each([1, 7, 1024])(
    'reads the same stream torn into pieces of %i bytes, even inside characters',
    async (pieceBytes) => {
      const model = await modelFor((request) => recording(RECORDED, 'text', request, { pieceBytes }));
      const result = await collectStream(model, CALL);
      expect(result.text).toBe('Der Kunde wurde zweimal belastet – 49 € zu viel. 👍🏽 Bitte zurückerstatten.');
      expect(result.usage).toMatchObject({ inputTokens: 1126, cachedInputTokens: 1024 });
    },
  );

  it('puts parallel tool calls together from their fragments', async () => {
    const model = await modelFor((request) => recording(RECORDED, 'tool-calls', request));
    const streamed = await collectStream(model, CONTRACT_CALLS['tool-call']);
    const whole = await model.generate(CONTRACT_CALLS['tool-call']);
    expect(streamed.toolCalls).toEqual([
      { id: 'call_9fJkQ3mZx7WcVb2NtYpLs8Rd', toolName: 'get_weather', arguments: { city: 'Paris' } },
      { id: 'call_Lr4TgHn1XeUwKo6BqDz5MvCa', toolName: 'get_weather', arguments: { city: 'Berlin', unit: 'celsius' } },
    ]);
    expect(whole.toolCalls).toEqual(streamed.toolCalls);
  });

  it('never delivers half a tool call when the stream is cut, wherever that happens', async () => {
    const whole = fixtureNamed(RECORDED, 'tool-calls.chunks.txt');
    const finishAt = whole.indexOf('"finish_reason":"tool_calls"');
    for (let end = 400; end < finishAt; end += 331) {
      const model = await modelFor(() => ({ contentType: 'text/event-stream', body: whole.slice(0, end) }));
      const seen: string[] = [];
      const consume = async (): Promise<void> => {
        for await (const part of model.stream(CALL)) seen.push(part.type);
      };
      expect(await failureOf(consume())).toBeInstanceOf(StreamInterruptedError);
      expect(seen).toEqual(['stream-start']);
      await server.close();
    }
  });

  it('withholds tool calls of an answer that was cut off at the token limit', async () => {
    const body = fixtureNamed(RECORDED, 'tool-calls.chunks.txt').replace(
      '"finish_reason":"tool_calls"',
      '"finish_reason":"length"',
    );
    const model = await modelFor(() => ({ contentType: 'text/event-stream', body }));
    const result = await collectStream(model, CALL);
    expect(result.toolCalls).toEqual([]);
    expect(result.warnings).toContainEqual(expect.objectContaining({ kind: 'incomplete-output' }));
  });

  it.each([
    ['in the middle of a JSON event', (text: string) => Buffer.from(text.slice(0, text.indexOf(' viel') + 20))],
    [
      'in the middle of a character',
      (text: string) => Buffer.from(text).subarray(0, Buffer.from(text).indexOf('👍') + 2),
    ],
    [
      'between two events',
      (text: string) => Buffer.from(text.slice(0, text.indexOf('\n\n', text.indexOf(' viel')) + 2)),
    ],
  ])('reports an interrupted stream when it ends %s', async (_where, cut) => {
    const body = cut(fixtureNamed(RECORDED, 'text.chunks.txt'));
    for (const breaksOff of [false, true]) {
      const model = await modelFor(() => ({ contentType: 'text/event-stream', body, breaksOff }));
      const error = await failureOf(collectStream(model, CALL));
      expect(error).toBeInstanceOf(StreamInterruptedError);
      expect(error).toMatchObject({ code: 'provider.stream_interrupted', retryable: true, outputStarted: true });
      await server.close();
    }
  });

  it('accepts a finished answer without [DONE], and without usage at the price of an estimate', async () => {
    const whole = fixtureNamed(RECORDED, 'text.chunks.txt');
    const withoutDone = await modelFor(() => ({
      contentType: 'text/event-stream',
      body: whole.replace('data: [DONE]\n\n', ''),
    }));
    expect((await collectStream(withoutDone, CALL)).usage.estimated).toBe(false);
    await server.close();
    const body = whole.slice(0, whole.indexOf('\n\n', whole.indexOf('"finish_reason":"stop"')) + 2);
    const withoutUsage = await modelFor(() => ({ contentType: 'text/event-stream', body, breaksOff: true }));
    const result = await collectStream(withoutUsage, CALL);
    expect(result.usage).toMatchObject({ estimated: true, costMicroUsd: null });
    expect(result.warnings).toContainEqual(expect.objectContaining({ kind: 'estimated-usage' }));
  });

  it.each([
    ['error-401.json', 401, {}, { code: 'provider.unauthorized', retryable: false, status: 401 }],
    ['error-404.json', 404, {}, { code: 'provider.not_found', retryable: false, status: 404 }],
    [
      'error-429.json',
      429,
      { 'retry-after': '20' },
      { code: 'provider.rate_limited', retryable: true, retryAfterMs: 20_000 },
    ],
    [
      'error-429.json',
      429,
      { 'retry-after-ms': '1500', 'retry-after': '2' },
      { code: 'provider.rate_limited', retryAfterMs: 1_500 },
    ],
    ['error-429-quota.json', 429, {}, { code: 'provider.quota_exhausted', retryable: false }],
    ['error-500.json', 500, {}, { code: 'provider.server_error', retryable: true }],
    ['error-500.json', 503, {}, { code: 'provider.server_error', retryable: true }],
    ['error-400-context.json', 400, {}, { code: 'provider.context_length_exceeded', retryable: false }],
    ['sign-in.html', 529, {}, { code: 'provider.overloaded', retryable: true }],
  ])('classifies %s with status %i', async (file, status, headers, expected) => {
    const contentType = file.endsWith('html') ? 'text/html' : 'application/json';
    const model = await modelFor(() => ({ status, headers, contentType, body: fixtureNamed(RECORDED, file) }));
    for (const call of [model.generate(CALL), collectStream(model, CALL)]) {
      const error = await failureOf(call);
      expect(error).toBeInstanceOf(ModelCallError);
      expect(error).toMatchObject(expected);
      expect(error.message).not.toMatch(/<html|<!DOCTYPE/i);
    }
    // One call is one attempt: the SDK must not retry behind the router's back.
    expect(server.requests).toHaveLength(2);
  });

  it('reads the date form of Retry-After', async () => {
    const at = new Date(Date.now() + 90_000).toUTCString();
    const model = await modelFor(() => ({
      status: 429,
      headers: { 'retry-after': at },
      body: fixtureNamed(RECORDED, 'error-429.json'),
    }));
    const error = (await failureOf(model.generate(CALL))) as ModelCallError;
    expect(error.retryAfterMs).toBeGreaterThan(80_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(90_000);
  });

  it.each([
    [
      'a web page',
      { contentType: 'text/html; charset=utf-8', body: '<!DOCTYPE html><html></html>' },
      'provider.invalid_reply',
    ],
    [
      'text that is not JSON',
      { contentType: 'application/json', body: 'upstream connect error' },
      'provider.invalid_reply',
    ],
    [
      'JSON without an answer',
      { contentType: 'application/json', body: '{"object":"chat.completion","choices":[]}' },
      'provider.invalid_reply',
    ],
    ['an array', { contentType: 'application/json', body: '[]' }, 'provider.invalid_reply'],
    [
      'bytes that claim to be gzip',
      { contentType: 'application/json', headers: { 'content-encoding': 'gzip' }, body: 'not gzip' },
      'provider.stream_interrupted',
    ],
    [
      'an error with status 200',
      { contentType: 'application/json', body: fixtureNamed(RECORDED, 'error-500.json') },
      'provider.server_error',
    ],
  ])('reports %s with status 200 as a typed error', async (_what, fixture, code) => {
    const model = await modelFor(() => fixture);
    expect(await failureOf(model.generate(CALL))).toMatchObject({ code });
    expect(await failureOf(collectStream(model, CALL))).toMatchObject({ code: expect.stringMatching(/^provider\./) });
  });

  it('reports an event that is not JSON, and an error inside a stream, after what was said', async () => {
    const said = fixtureNamed(RECORDED, 'text.chunks.txt')
      .slice(0, 1_500)
      .replace(/data: [^\n]*$/, '');
    const garbled = await modelFor(() => ({
      contentType: 'text/event-stream',
      body: `${said}data: {"choices": oops}\n\n`,
    }));
    expect(await failureOf(collectStream(garbled, CALL))).toMatchObject({
      code: 'provider.invalid_reply',
      retryable: true,
    });
    await server.close();
    const body = `${said}data: ${JSON.stringify({ error: { message: 'Overloaded', type: 'server_error', code: null } })}\n\n`;
    const failing = await modelFor(() => ({ contentType: 'text/event-stream', body }));
    expect(await failureOf(collectStream(failing, CALL))).toMatchObject({
      code: 'provider.server_error',
      retryable: true,
    });
  });

  it('answers nonsense of every shape with an answer or a typed error, never with a crash', async () => {
    const nonsense = [
      null,
      0,
      -1.5,
      'x',
      true,
      [],
      {},
      [null],
      ['x'],
      [{}],
      { index: 'x' },
      [{ index: {}, id: 7, function: 3 }],
    ];
    const paths = [
      ['choices'],
      ['choices', 0],
      ['choices', 0, 'delta'],
      ['choices', 0, 'delta', 'content'],
      ['choices', 0, 'delta', 'tool_calls'],
      ['choices', 0, 'message'],
      ['choices', 0, 'message', 'tool_calls'],
      ['choices', 0, 'finish_reason'],
      ['usage'],
      ['usage', 'prompt_tokens'],
      ['usage', 'prompt_tokens_details'],
      ['model'],
      ['error'],
    ];
    for (const path of paths) {
      for (const value of nonsense) {
        const choice = { delta: { content: 'a' }, message: { content: 'a' }, finish_reason: 'stop' };
        const reply: Record<string, unknown> = {
          id: 'x',
          choices: [choice],
          usage: { prompt_tokens: 1, completion_tokens: 1 },
        };
        let node = reply;
        for (const key of path.slice(0, -1)) node = node[key] as Record<string, unknown>;
        node[path.at(-1)!] = value;
        const respondWith = (contentType: string, body: string) => () =>
          Promise.resolve(new Response(body, { headers: { 'content-type': contentType } }));
        const json = JSON.stringify(reply);
        const whole = new OpenAIProvider({ fetch: respondWith('application/json', json), apiKey: API_KEY });
        const stream = new OpenAIProvider({
          fetch: respondWith('text/event-stream', `data: ${json}\n\n`),
          apiKey: API_KEY,
        });
        for (const call of [
          () => whole.languageModel('m').generate(CALL),
          () => collectStream(stream.languageModel('m'), CALL),
        ]) {
          const outcome: unknown = await call().catch((error: unknown) => error);
          if (!(outcome instanceof ProviderError)) expect(outcome).toMatchObject({ text: expect.any(String) });
          else expect(outcome.code).not.toBe('provider.connection_failed');
        }
      }
    }
  });

  it('stops reading a flood', async () => {
    const event = `data: {"choices":[{"delta":{"content":"${'x'.repeat(5 * 1024 * 1024)}`;
    const model = await modelFor(() => ({ contentType: 'text/event-stream', body: event }));
    expect(await failureOf(collectStream(model, CALL))).toMatchObject({
      code: 'provider.reply_too_large',
      retryable: false,
    });
  });

  it('treats a refusal as filtered content', async () => {
    const model = await modelFor(() => ({ body: fixtureNamed(RECORDED, 'refusal.json') }));
    expect(await model.generate(CALL)).toMatchObject({
      text: "I'm sorry, but I can't help with that.",
      finishReason: { unified: 'content-filter' },
    });
  });

  it('asks for strict JSON where the schema allows it, and warns where it does not', async () => {
    const model = await modelFor((request) => recording(RECORDED, 'structured', request));
    expect((await model.generate(CONTRACT_CALLS.json)).warnings).toEqual([]);
    expect(server.requests[0]?.body['response_format']).toMatchObject({
      type: 'json_schema',
      json_schema: { name: 'triage', strict: true },
    });
    const schema = { type: 'object', properties: { category: { type: 'string' } } };
    const loose = await model.generate({ ...CALL, responseFormat: { type: 'json', schema } });
    expect(loose.warnings).toContainEqual(expect.objectContaining({ setting: 'responseFormat.schema' }));
    expect(server.requests[1]?.body['response_format']).toMatchObject({ json_schema: { strict: false } });
  });

  it('never repeats the key, however the server echoes it', async () => {
    const echoes = [
      API_KEY,
      `Bearer ${API_KEY}`,
      Buffer.from(API_KEY).toString('base64'),
      encodeURIComponent(API_KEY),
      [...API_KEY].reverse().join(''),
      `${API_KEY.slice(0, 12)}...`,
      JSON.stringify({ headers: { authorization: `Bearer ${API_KEY}` } }),
    ];
    for (const echo of echoes) {
      const model = await modelFor((request) => ({
        status: 401,
        headers: { 'x-echo': String(request.headers['authorization']) },
        body: JSON.stringify({ error: { message: `Bad credentials: ${echo}`, type: 'x', code: echo, param: echo } }),
      }));
      const error = await failureOf(model.generate(CALL));
      const everything = JSON.stringify({ ...error, message: error.message, stack: error.stack, cause: error.cause });
      expect(everything).not.toContain(API_KEY.slice(0, 12));
      expect(everything).not.toContain(Buffer.from(API_KEY).toString('base64').slice(0, 12));
      expect(everything).not.toContain([...API_KEY].reverse().join('').slice(0, 12));
      expect(error.message).toContain('[redacted]');
      await server.close();
    }
  });

  it('says why a server cannot be reached', async () => {
    const model = await modelFor(() => ({ body: '' }));
    await server.close();
    expect(await failureOf(model.generate(CALL))).toMatchObject({ code: 'provider.unreachable', retryable: true });
  });

  it('passes on, as final, what the egress door refuses', async () => {
    server = await startFixtureServer(() => ({ body: '' }));
    const refused = Object.assign(new Error('10.0.0.1 is a private address'), { code: 'egress.private_address' });
    const provider = new OpenAIProvider({
      fetch: () => Promise.reject(refused),
      apiKey: API_KEY,
      baseUrl: server.baseUrl,
    });
    const error = await failureOf(provider.languageModel('gpt-4o-mini').generate(CALL));
    expect(error).toMatchObject({ code: 'provider.refused_by_egress', retryable: false });
    expect(error.message).toContain('10.0.0.1 is a private address');
  });

  it('sends no Authorization header when there is no key', async () => {
    server = await startFixtureServer((request) => recording(RECORDED, 'text', request));
    await new OpenAIProvider({ fetch, baseUrl: server.baseUrl }).languageModel('llama3').generate(CALL);
    expect(server.requests[0]?.headers['authorization']).toBeUndefined();
  });

  it('uses one connection for calls that follow each other, streamed or not', async () => {
    const model = await modelFor((request) => recording(RECORDED, 'text', request));
    for (let count = 0; count < 3; count++) {
      await collectStream(model, CALL);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(server.requests.map((request) => request.connection)).toEqual([0, 0, 0]);
  });
});

describeLanguageModelContract('openai', () =>
  openRecordedSubject(
    RECORDED,
    (baseUrl) => new OpenAIProvider({ fetch, apiKey: API_KEY, baseUrl }).languageModel('gpt-4o-mini'),
    { inputTokens: 1126, outputTokens: 18, cachedInputTokens: 1024, reasoningTokens: 0 },
  ),
);
