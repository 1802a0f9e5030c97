import { ProviderError } from '../../errors/provider-error.js';
import { StreamInterruptedError } from '../../errors/stream-interrupted-error.js';
import { collectStream } from '../../model/collect-stream.js';
import { API_KEY, CALL, failureOf, openOpenAI, RECORDED } from '../../testing/open-openai.js';
import { fixtureNamed } from '../../testing/recordings.js';
import { OpenAIProvider } from './openai-provider.js';

describe('OpenAILanguageModel', () => {
  const openai = openOpenAI();

  it('never delivers half a tool call when the stream is cut, wherever that happens', async () => {
    const whole = fixtureNamed(RECORDED, 'tool-calls.chunks.txt');
    const finishAt = whole.indexOf('"finish_reason":"tool_calls"');
    for (let end = 400; end < finishAt; end += 331) {
      const model = await openai.modelFor(() => ({ contentType: 'text/event-stream', body: whole.slice(0, end) }));
      const seen: string[] = [];
      const consume = async (): Promise<void> => {
        for await (const part of model.stream(CALL)) seen.push(part.type);
      };
      expect(await failureOf(consume())).toBeInstanceOf(StreamInterruptedError);
      expect(seen).toEqual(['stream-start']);
      await openai.server.close();
    }
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
      const model = await openai.modelFor(() => ({ contentType: 'text/event-stream', body, breaksOff }));
      const error = await failureOf(collectStream(model, CALL));
      expect(error).toBeInstanceOf(StreamInterruptedError);
      expect(error).toMatchObject({ code: 'provider.stream_interrupted', retryable: true, outputStarted: true });
      await openai.server.close();
    }
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
    const model = await openai.modelFor(() => fixture);
    expect(await failureOf(model.generate(CALL))).toMatchObject({ code });
    expect(await failureOf(collectStream(model, CALL))).toMatchObject({ code: expect.stringMatching(/^provider\./) });
  });

  it('reports an event that is not JSON, and an error inside a stream, after what was said', async () => {
    const said = fixtureNamed(RECORDED, 'text.chunks.txt')
      .slice(0, 1_500)
      .replace(/data: [^\n]*$/, '');
    const garbled = await openai.modelFor(() => ({
      contentType: 'text/event-stream',
      body: `${said}data: {"choices": oops}\n\n`,
    }));
    expect(await failureOf(collectStream(garbled, CALL))).toMatchObject({
      code: 'provider.invalid_reply',
      retryable: true,
    });
    await openai.server.close();
    const body = `${said}data: ${JSON.stringify({ error: { message: 'Overloaded', type: 'server_error', code: null } })}\n\n`;
    const failing = await openai.modelFor(() => ({ contentType: 'text/event-stream', body }));
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
    const model = await openai.modelFor(() => ({ contentType: 'text/event-stream', body: event }));
    expect(await failureOf(collectStream(model, CALL))).toMatchObject({
      code: 'provider.reply_too_large',
      retryable: false,
    });
  });
});
