import { collectStream } from '../../model/collect-stream.js';
import { CONTRACT_CALLS } from '../../testing/contract-calls.js';
import { describeLanguageModelContract } from '../../testing/language-model.contract.js';
import { API_KEY, CALL, openOpenAI, RECORDED } from '../../testing/open-openai.js';
import { openRecordedSubject } from '../../testing/recorded-subject.js';
import { fixtureNamed, recording } from '../../testing/recordings.js';
import { OpenAIProvider } from './openai-provider.js';

describe('OpenAILanguageModel', () => {
  const openai = openOpenAI();

  it('reads text, usage and cached tokens of a whole reply', async () => {
    const model = await openai.modelFor((request) => recording(RECORDED, 'text', request));
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
    const model = await openai.modelFor((request) => recording(RECORDED, 'text', request));
    await collectStream(model, { ...CALL, maxTokens: 50, temperature: 0.2, topP: 0.9, stop: ['END'] });
    expect(openai.server.requests[0]?.body).toEqual({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'Fasse zusammen.' }],
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 50,
      temperature: 0.2,
      top_p: 0.9,
      stop: ['END'],
    });
    expect(openai.server.requests[0]?.headers['authorization']).toBe(`Bearer ${API_KEY}`);
  });

  it.each([1, 7, 1024])(
    'reads the same stream torn into pieces of %i bytes, even inside characters',
    async (pieceBytes) => {
      const model = await openai.modelFor((request) => recording(RECORDED, 'text', request, { pieceBytes }));
      const result = await collectStream(model, CALL);
      expect(result.text).toBe('Der Kunde wurde zweimal belastet – 49 € zu viel. 👍🏽 Bitte zurückerstatten.');
      expect(result.usage).toMatchObject({ inputTokens: 1126, cachedInputTokens: 1024 });
    },
  );

  it('puts parallel tool calls together from their fragments', async () => {
    const model = await openai.modelFor((request) => recording(RECORDED, 'tool-calls', request));
    const streamed = await collectStream(model, CONTRACT_CALLS['tool-call']);
    const whole = await model.generate(CONTRACT_CALLS['tool-call']);
    expect(streamed.toolCalls).toEqual([
      { id: 'call_9fJkQ3mZx7WcVb2NtYpLs8Rd', toolName: 'get_weather', arguments: { city: 'Paris' } },
      { id: 'call_Lr4TgHn1XeUwKo6BqDz5MvCa', toolName: 'get_weather', arguments: { city: 'Berlin', unit: 'celsius' } },
    ]);
    expect(whole.toolCalls).toEqual(streamed.toolCalls);
  });

  it('withholds tool calls of an answer that was cut off at the token limit', async () => {
    const body = fixtureNamed(RECORDED, 'tool-calls.chunks.txt').replace(
      '"finish_reason":"tool_calls"',
      '"finish_reason":"length"',
    );
    const model = await openai.modelFor(() => ({ contentType: 'text/event-stream', body }));
    const result = await collectStream(model, CALL);
    expect(result.toolCalls).toEqual([]);
    expect(result.warnings).toContainEqual(expect.objectContaining({ kind: 'incomplete-output' }));
  });

  it('accepts a finished answer without [DONE], and without usage at the price of an estimate', async () => {
    const whole = fixtureNamed(RECORDED, 'text.chunks.txt');
    const withoutDone = await openai.modelFor(() => ({
      contentType: 'text/event-stream',
      body: whole.replace('data: [DONE]\n\n', ''),
    }));
    expect((await collectStream(withoutDone, CALL)).usage.estimated).toBe(false);
    await openai.server.close();
    const body = whole.slice(0, whole.indexOf('\n\n', whole.indexOf('"finish_reason":"stop"')) + 2);
    const withoutUsage = await openai.modelFor(() => ({ contentType: 'text/event-stream', body, breaksOff: true }));
    const result = await collectStream(withoutUsage, CALL);
    expect(result.usage).toMatchObject({ estimated: true, costMicroUsd: null });
    expect(result.warnings).toContainEqual(expect.objectContaining({ kind: 'estimated-usage' }));
  });

  it('treats a refusal as filtered content', async () => {
    const model = await openai.modelFor(() => ({ body: fixtureNamed(RECORDED, 'refusal.json') }));
    expect(await model.generate(CALL)).toMatchObject({
      text: "I'm sorry, but I can't help with that.",
      finishReason: { unified: 'content-filter' },
    });
  });

  it('asks for strict JSON where the schema allows it, and warns where it does not', async () => {
    const model = await openai.modelFor((request) => recording(RECORDED, 'structured', request));
    expect((await model.generate(CONTRACT_CALLS.json)).warnings).toEqual([]);
    expect(openai.server.requests[0]?.body['response_format']).toMatchObject({
      type: 'json_schema',
      json_schema: { name: 'triage', strict: true },
    });
    const schema = { type: 'object', properties: { category: { type: 'string' } } };
    const loose = await model.generate({ ...CALL, responseFormat: { type: 'json', schema } });
    expect(loose.warnings).toContainEqual(expect.objectContaining({ setting: 'responseFormat.schema' }));
    expect(openai.server.requests[1]?.body['response_format']).toMatchObject({ json_schema: { strict: false } });
  });

  it('sends no Authorization header when there is no key', async () => {
    await openai.serve((request) => recording(RECORDED, 'text', request));
    await new OpenAIProvider({ fetch, baseUrl: openai.server.baseUrl }).languageModel('llama3').generate(CALL);
    expect(openai.server.requests[0]?.headers['authorization']).toBeUndefined();
  });

  it('uses one connection for calls that follow each other, streamed or not', async () => {
    const model = await openai.modelFor((request) => recording(RECORDED, 'text', request));
    for (let count = 0; count < 3; count++) {
      await collectStream(model, CALL);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(openai.server.requests.map((request) => request.connection)).toEqual([0, 0, 0]);
  });
});

describeLanguageModelContract('openai', () =>
  openRecordedSubject(
    RECORDED,
    (baseUrl) => new OpenAIProvider({ fetch, apiKey: API_KEY, baseUrl }).languageModel('gpt-4o-mini'),
    { inputTokens: 1126, outputTokens: 18, cachedInputTokens: 1024, reasoningTokens: 0 },
  ),
);
