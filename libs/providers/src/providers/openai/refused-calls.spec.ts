import { ModelCallError } from '../../errors/model-call-error.js';
import { collectStream } from '../../model/collect-stream.js';
import { API_KEY, CALL, failureOf, openOpenAI, RECORDED } from '../../testing/open-openai.js';
import { fixtureNamed } from '../../testing/recordings.js';
import { OpenAIProvider } from './openai-provider.js';

describe('OpenAILanguageModel', () => {
  const openai = openOpenAI();

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
    const model = await openai.modelFor(() => ({ status, headers, contentType, body: fixtureNamed(RECORDED, file) }));
    for (const call of [model.generate(CALL), collectStream(model, CALL)]) {
      const error = await failureOf(call);
      expect(error).toBeInstanceOf(ModelCallError);
      expect(error).toMatchObject(expected);
      expect(error.message).not.toMatch(/<html|<!DOCTYPE/i);
    }
    // One call is one attempt: the SDK must not retry behind the router's back.
    expect(openai.server.requests).toHaveLength(2);
  });

  it('reads the date form of Retry-After', async () => {
    const at = new Date(Date.now() + 90_000).toUTCString();
    const model = await openai.modelFor(() => ({
      status: 429,
      headers: { 'retry-after': at },
      body: fixtureNamed(RECORDED, 'error-429.json'),
    }));
    const error = (await failureOf(model.generate(CALL))) as ModelCallError;
    expect(error.retryAfterMs).toBeGreaterThan(80_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(90_000);
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
      const model = await openai.modelFor((request) => ({
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
      await openai.server.close();
    }
  });

  it('says why a server cannot be reached', async () => {
    const model = await openai.modelFor(() => ({ body: '' }));
    await openai.server.close();
    expect(await failureOf(model.generate(CALL))).toMatchObject({ code: 'provider.unreachable', retryable: true });
  });

  it('passes on, as final, what the egress door refuses', async () => {
    await openai.serve(() => ({ body: '' }));
    const refused = Object.assign(new Error('10.0.0.1 is a private address'), { code: 'egress.private_address' });
    const provider = new OpenAIProvider({
      fetch: () => Promise.reject(refused),
      apiKey: API_KEY,
      baseUrl: openai.server.baseUrl,
    });
    const error = await failureOf(provider.languageModel('gpt-4o-mini').generate(CALL));
    expect(error).toMatchObject({ code: 'provider.refused_by_egress', retryable: false });
    expect(error.message).toContain('10.0.0.1 is a private address');
  });
});
