/** Real: the whole application on the stores of the set-up with the built-in model, and the official `openai` client, told nothing but the address. */
import { randomUUID } from 'node:crypto';
import OpenAI, {
  AuthenticationError,
  NotFoundError,
  RateLimitError,
  UnprocessableEntityError,
  BadRequestError,
  PermissionDeniedError,
  APIError,
} from 'openai';
import type { ApiClient } from '../support/clients/api.client.js';
import { talker } from '../support/graphs/talker.js';
import { newOrg } from '../support/new-org.js';
import { setup } from '../support/setup.js';
import { type InProcess, startInProcess } from '../support/start-in-process.js';

/** More than one organisation of this file needs. */
const REQUESTS_PER_MINUTE = 150;

const WEATHER = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    description: 'Tells the weather of a city.',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

describe('The official openai client', () => {
  let running: InProcess;
  let owner: ApiClient;
  let openai: OpenAI;
  const slug = 'talkative-helper';

  beforeAll(async () => {
    running = await startInProcess(setup, { AI_FREE_TIER_RPM: String(REQUESTS_PER_MINUTE) });
    owner = (await newOrg(running.url)).owner;
    const { id } = await owner.http.ask<{ id: string }>('POST', '/agents', {
      name: 'Talkative helper',
      graph: talker(),
    });
    await owner.agents.publish(id, 'first');
    openai = await clientWith(['agents:read', 'executions:start', 'models:call']);
  });

  afterAll(async () => {
    await running?.stop();
  });

  async function clientWith(scopes: string[]): Promise<OpenAI> {
    const { key } = await owner.org.createApiKey(scopes, 'OpenAI client');
    return new OpenAI({ apiKey: key, baseURL: `${running.url}/v1` });
  }

  it('lists agents and models', async () => {
    const ids: string[] = [];
    for await (const { id } of openai.models.list()) ids.push(id);
    expect(ids).toEqual(expect.arrayContaining([slug, 'simulated/offline', 'simulated/lexical']));
    expect(await openai.models.retrieve(slug)).toMatchObject({ id: slug, object: 'model' });
    expect(await openai.models.retrieve('simulated/offline')).toMatchObject({ id: 'simulated/offline' });
    const agentsOnly = await clientWith(['agents:read']);
    expect((await agentsOnly.models.list()).data.map(({ id }) => id)).toEqual([slug]);
  });

  it.each([slug, `${slug}@1`, 'simulated/offline'])(
    'chats with %s, which knows what was said before',
    async (model) => {
      const answer = await openai.chat.completions.create({
        model,
        messages: [
          { role: 'system', content: 'You answer briefly.' },
          { role: 'user', content: 'My favourite colour is turquoise.' },
          { role: 'assistant', content: 'Noted.' },
          { role: 'user', content: 'What is my favourite colour?' },
        ],
        temperature: 0.2,
        max_tokens: 200,
      });
      expect(answer).toMatchObject({
        object: 'chat.completion',
        model,
        choices: [{ finish_reason: 'stop', message: { role: 'assistant' } }],
      });
      expect(answer.choices[0]?.message.content).toMatch(/turquoise/);
      expect(answer.usage?.total_tokens).toBeGreaterThan(0);
      const run = await owner.executions.get(answer.id.replace('chatcmpl-', ''));
      expect(run).toMatchObject({ status: 'succeeded', trigger: 'openai' });
    },
  );

  it.each([slug, 'simulated/offline'])('streams an answer of %s, with usage in the last chunk', async (model) => {
    const stream = await openai.chat.completions.create({
      model,
      stream: true,
      stream_options: { include_usage: true },
      messages: [
        {
          role: 'user',
          content:
            'Summarise: The harbour of Lisbon is old. It was built long ago. Ships come and go every day, and people watch them.',
        },
      ],
    });
    let text = '';
    const finishes: (string | null)[] = [];
    let usage: unknown;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      if (chunk.choices[0]?.finish_reason) finishes.push(chunk.choices[0].finish_reason);
      usage = chunk.usage ?? usage;
    }
    expect(text).toMatch(/Lisbon|Ships/);
    expect(finishes).toEqual(['stop']);
    expect(usage).toMatchObject({ prompt_tokens: expect.any(Number), completion_tokens: expect.any(Number) });
  });

  it.each([slug, 'simulated/offline'])(
    'makes the calls of its own tools for %s and gives the results back',
    async (model) => {
      const question = {
        role: 'user' as const,
        content: 'Use get_weather: what is the weather in the city of Lisbon?',
      };
      const first = await openai.chat.completions.create({
        model,
        messages: [question],
        tools: [WEATHER],
        tool_choice: 'required',
      });
      const [call] = first.choices[0]?.message.tool_calls ?? [];
      expect(first.choices[0]?.finish_reason).toBe('tool_calls');
      expect(call).toMatchObject({
        type: 'function',
        function: { name: 'get_weather', arguments: expect.stringContaining('{') },
      });
      const second = await openai.chat.completions.create({
        model,
        tools: [WEATHER],
        messages: [
          question,
          first.choices[0]!.message,
          { role: 'tool', tool_call_id: call!.id, content: '{"city":"Lisbon","sky":"cloudless","degrees":27}' },
        ],
      });
      expect(second.choices[0]?.message.content).toMatch(/cloudless|27/);
    },
  );

  it('streams tool calls', async () => {
    const stream = openai.chat.completions.stream({
      model: 'simulated/offline',
      messages: [{ role: 'user', content: 'Use get_weather: what is the weather in the city of Lisbon?' }],
      tools: [WEATHER],
      tool_choice: 'required',
    });
    const { choices } = await stream.finalChatCompletion();
    expect(choices[0]?.message.tool_calls?.[0]).toMatchObject({ function: { name: 'get_weather' } });
  });

  it('gets JSON by a schema', async () => {
    const answer = await openai.chat.completions.create({
      model: 'simulated/offline',
      messages: [{ role: 'user', content: 'Extract the invoice: Invoice number 4711, total 99.50 EUR.' }],
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'invoice',
          schema: { type: 'object', properties: { number: { type: 'string' } }, required: ['number'] },
        },
      },
    });
    expect(JSON.parse(answer.choices[0]?.message.content ?? '')).toMatchObject({ number: expect.any(String) });
  });

  it.each([slug, 'simulated/offline'])('asks %s for responses, goes on with one, and streams them', async (model) => {
    const first = await openai.responses.create({
      model,
      input: 'My favourite colour is turquoise.',
      instructions: 'Be brief.',
    });
    expect(first).toMatchObject({ object: 'response', status: 'completed' });
    const second = await openai.responses.create({
      model,
      input: 'What is my favourite colour?',
      previous_response_id: first.id,
    });
    expect(second.output_text).toMatch(/turquoise/);
    const stream = openai.responses.stream({
      model,
      input: [{ role: 'user', content: 'What is my favourite colour?' }],
      previous_response_id: first.id,
    });
    const types: string[] = [];
    for await (const event of stream) types.push(event.type);
    expect(types[0]).toBe('response.created');
    expect(types.at(-1)).toBe('response.completed');
    expect((await stream.finalResponse()).output_text).toMatch(/turquoise/);
    expect(second.usage?.total_tokens).toBeGreaterThan(0);
  });

  it('makes the calls of its own tools for responses', async () => {
    const tools = [
      {
        type: 'function' as const,
        name: 'get_weather',
        description: 'Tells the weather of a city.',
        parameters: WEATHER.function.parameters,
        strict: false,
      },
    ];
    const input = 'Use get_weather: what is the weather in the city of Lisbon?';
    const first = await openai.responses.create({ model: 'simulated/offline', input, tools, tool_choice: 'required' });
    const call = first.output.find((item) => item.type === 'function_call');
    expect(call).toMatchObject({ name: 'get_weather' });
    const second = await openai.responses.create({
      model: 'simulated/offline',
      previous_response_id: first.id,
      tools,
      input: [
        { type: 'function_call_output', call_id: (call as { call_id: string }).call_id, output: '{"sky":"cloudless"}' },
      ],
    });
    expect(second.output_text).toMatch(/cloudless/);
  });

  it('embeds texts, in both encodings', async () => {
    const texts = ['The cat sleeps.', 'A cat is sleeping.', 'Interest rates rise.'];
    const coded = await openai.embeddings.create({ model: 'simulated/lexical', input: texts });
    const plain = await openai.embeddings.create({
      model: 'simulated/lexical',
      input: texts,
      encoding_format: 'float',
    });
    expect(coded.data).toHaveLength(3);
    for (const [index, { embedding }] of plain.data.entries()) {
      expect(coded.data[index]?.embedding.length).toBe(embedding.length);
      expect(coded.data[index]?.embedding[0]).toBeCloseTo(embedding[0] ?? 0, 5);
    }
    expect(plain.usage.prompt_tokens).toBeGreaterThan(0);
  });

  it.each(['a direct call', 'an agent'])('asks once for ten requests that race with one key, by %s', async (asked) => {
    const model = asked === 'an agent' ? slug : 'simulated/offline';
    const headers = { 'Idempotency-Key': randomUUID() };
    const ask = (content: string) =>
      openai.chat.completions.create({ model, messages: [{ role: 'user', content }] }, { headers }).withResponse();
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask('Say it once.')));
    expect(new Set(answers.map(({ data }) => data.id)).size).toBe(1);
    expect(new Set(answers.map(({ data }) => data.choices[0]?.message.content)).size).toBe(1);
    expect(answers.filter(({ response }) => response.headers.get('idempotent-replayed') === null)).toHaveLength(1);
    await expect(ask('Say something else.')).rejects.toMatchObject({ status: 422, code: 'idempotency.other_request' });
  });

  it('embeds once for requests that race with one key', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const ask = () => openai.embeddings.create({ model: 'simulated/lexical', input: ['One text.'] }, { headers });
    const answers = await Promise.all(Array.from({ length: 5 }, ask));
    for (const { data } of answers) expect(data).toEqual(answers[0]?.data);
  });

  describe('throws its typed errors', () => {
    const ask = (client: OpenAI, more: object = {}): Promise<unknown> =>
      client.chat.completions.create({
        model: slug,
        messages: [{ role: 'user', content: 'Hello.' }],
        ...more,
      } as never);
    const thrown = async (work: Promise<unknown>): Promise<APIError> => {
      const error = await work.then(
        () => new Error('Nothing was thrown.'),
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(APIError);
      return error as APIError;
    };

    it('401 for a wrong key', async () => {
      const error = await thrown(ask(new OpenAI({ apiKey: 'af_wrong', baseURL: `${running.url}/v1` })));
      expect(error).toBeInstanceOf(AuthenticationError);
      expect(error.code).toMatch(/^auth\./);
    });

    it('404 for an agent, a version, a model, a response and a path that are not there', async () => {
      for (const model of ['nobody', `${slug}@99`, 'nowhere/model-1']) {
        expect(await thrown(ask(openai, { model }))).toBeInstanceOf(NotFoundError);
      }
      expect(await thrown(openai.models.retrieve('nobody'))).toBeInstanceOf(NotFoundError);
      const earlier = openai.responses.create({ model: slug, input: 'x', previous_response_id: 'resp_x' });
      expect(await thrown(earlier)).toBeInstanceOf(NotFoundError);
      expect(await thrown(openai.files.list() as never)).toBeInstanceOf(NotFoundError);
    });

    it('422 for what is understood and cannot be had, naming the parameter', async () => {
      const error = await thrown(ask(openai, { n: 2 }));
      expect(error).toBeInstanceOf(UnprocessableEntityError);
      expect(error.param).toBe('n');
      const said = (part: object) => ask(openai, { messages: [{ role: 'user', content: [part] }] });
      const sound = { type: 'input_audio', input_audio: { data: '', format: 'wav' } };
      expect((await thrown(said(sound))).param).toBe('messages[0].content[0].type');
      const inside = { type: 'image_url', image_url: { url: 'http://169.254.169.254/latest/meta-data' } };
      expect((await thrown(said(inside))).param).toBe('messages[0].content[0].image_url.url');
    });

    it('400 for what is no such request', async () => {
      const wrong = [
        { messages: [] },
        { temperature: 9 },
        { max_tokens: -1 },
        { max_tokens: 2 ** 31 },
        { max_tokens: '9' },
        { nonsense: true },
      ];
      for (const more of wrong) expect(await thrown(ask(openai, more))).toBeInstanceOf(BadRequestError);
    });

    it('403 for a model without the scope for it', async () => {
      const client = await clientWith(['executions:start']);
      expect(await thrown(ask(client, { model: 'simulated/offline' }))).toBeInstanceOf(PermissionDeniedError);
      expect(await ask(client)).toMatchObject({ object: 'chat.completion' });
    });

    it('429 beyond the rate of the plan', async () => {
      const free = (await newOrg(running.url, 'Frugal')).owner;
      const { key } = await free.org.createApiKey(['executions:start'], 'OpenAI client');
      const client = new OpenAI({ apiKey: key, baseURL: `${running.url}/v1`, maxRetries: 0 });
      const outcomes = await Promise.allSettled(
        Array.from({ length: REQUESTS_PER_MINUTE + 10 }, () => ask(client, { messages: [] })),
      );
      const errors = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
      const refused = errors.filter((error) => error instanceof RateLimitError);
      expect([refused.length, errors.length]).toEqual([10, REQUESTS_PER_MINUTE + 10]);
      expect((refused[0] as APIError).headers?.get('retry-after')).toMatch(/^\d+$/);
    });
  });
});
