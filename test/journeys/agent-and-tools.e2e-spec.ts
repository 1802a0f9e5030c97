import { type FakeOpenAiServer, startFakeOpenAiServer } from '../../libs/providers/src/testing/fake-openai-server.js';
import type { ApiClient } from '../support/clients/api.client.js';
import type { Graph } from '../support/clients/agents.client.js';
import { FakeOutsideWorld } from '../support/fake-outside-world.js';
import { chain } from '../support/graphs/chain.js';
import { expectWholeRun } from '../support/invariants.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';

interface Call {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Real: every process and store, the loop, the tools, and the crash. Fake: the model's server and the service that the tools call. */
describe('an agent with tools', () => {
  let agentflow: AgentFlow;
  let world: FakeOutsideWorld;
  let model: FakeOpenAiServer;
  let client: ApiClient;
  /** What the model calls, by the first line of its prompt and by turn; where nothing is said it answers. */
  const script = new Map<string, readonly (readonly Call[])[]>();

  beforeAll(async () => {
    world = await FakeOutsideWorld.start();
    model = await startFakeOpenAiServer({
      text: 'All done.',
      toolCalls: (body) => {
        const { name, turn } = placeOf(body);
        return script.get(name)?.[turn] ?? [];
      },
    });
    const settings = { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: model.baseUrl };
    agentflow = await startAgentFlow({ settings });
    client = agentflow.client;
  });

  afterAll(async () => {
    await agentflow?.stop();
    await model?.close();
    await world?.stop();
  });

  it('goes on in the middle of its loop after a kill -9, and repeats no finished call of model or tool', async () => {
    script.set('weather', [
      [get('/weather'), get('/news')],
      [get('/slow'), { name: 'calculator', arguments: { expression: '6 * 7' } }],
    ]);
    const agentId = await client.agents.publishNew(agent('weather'), 'Weather');
    const release = world.hold('/slow');
    const { id } = await client.executions.start({ agentId });
    await world.reached('/slow');
    await agentflow.kill9(agentflow.workingRole);
    await agentflow.restart();
    await world.reached('/slow', 2);
    release();

    const execution = await client.executions.ended(id);
    expect(execution).toMatchObject({ status: 'succeeded', output: { text: 'All done.', turns: 3 } });
    expect(execution.output).toMatchObject({
      toolCalls: [
        { name: 'http_request', result: { status: 200, body: { ok: true } } },
        { name: 'http_request' },
        { name: 'http_request' },
        { name: 'calculator', result: { result: 42 } },
      ],
    });
    await expectWholeRun(client, id);
    expect(turnsAsked('weather')).toEqual([0, 1, 2]);
    expect([world.callsTo('/weather').length, world.callsTo('/news').length]).toEqual([1, 1]);
    const paths = (await client.executions.steps(id)).map(({ path }) => path).filter((path) => path.startsWith('a/'));
    expect(paths.toSorted()).toEqual([
      'a/0/model',
      'a/0/tool/0',
      'a/0/tool/1',
      'a/1/model',
      'a/1/tool/0',
      'a/1/tool/1',
      'a/2/model',
    ]);
  });

  it('asks a person about a write whose answer died with the process, and never writes again by itself', async () => {
    script.set('pay', [
      [{ ...get('/pay'), arguments: { url: `${world.url}/pay`, method: 'POST', body: { euros: 5 } } }],
    ]);
    const agentId = await client.agents.publishNew(agent('pay'), 'Pay');
    const release = world.hold('/pay');
    const { id } = await client.executions.start({ agentId });
    await world.reached('/pay');
    await agentflow.kill9(agentflow.workingRole);
    await agentflow.restart();
    release();

    const wait = await openWait(id);
    expect(wait).toMatchObject({ kind: 'effect', path: 'a/0/tool/0', decisions: ['happened', 'not_happened'] });
    await decide(id, wait, 'happened');
    expect(await client.executions.ended(id)).toMatchObject({ status: 'succeeded', output: { text: 'All done.' } });
    expect(world.callsTo('/pay')).toHaveLength(1);
    expect(turnsAsked('pay')).toEqual([0, 1]);
  });

  it('waits without a worker for a person to allow a call, and makes exactly that call then', async () => {
    script.set('ask', [[get('/allowed')]]);
    const graph = agent('ask', [{ name: 'http_request', approval: true }]);
    const agentId = await client.agents.publishNew(graph, 'Ask');
    const { id } = await client.executions.start({ agentId });
    const wait = await openWait(id);
    expect(wait).toMatchObject({ kind: 'approval', payload: { tool: 'http_request' } });
    expect(world.callsTo('/allowed')).toHaveLength(0);
    await agentflow.kill9(agentflow.workingRole);
    await agentflow.restart();

    await decide(id, wait, 'approved');
    expect(await client.executions.ended(id)).toMatchObject({ status: 'succeeded', output: { turns: 2 } });
    expect(world.callsTo('/allowed')).toHaveLength(1);
    expect(turnsAsked('ask')).toEqual([0, 1]);
  });

  it('takes what a model makes up as data: nothing is executed, and the model is told', async () => {
    script.set('attack', [
      [
        { name: '__proto__', arguments: {} },
        { name: 'shell', arguments: { command: 'rm -rf /' } },
        { name: 'calculator', arguments: { expression: 'process.exit(1)', extra: true } },
        { name: 'http_request', arguments: { url: 'http://169.254.169.254/latest/meta-data' } },
      ],
    ]);
    const agentId = await client.agents.publishNew(agent('attack'), 'Attack');
    const execution = await client.executions.run({ agentId });
    expect(execution).toMatchObject({
      status: 'succeeded',
      output: {
        toolCalls: [
          { error: { code: 'tool.unknown' } },
          { error: { code: 'tool.unknown' } },
          { error: { code: 'tool.arguments_invalid' } },
          { error: { code: 'egress.blocked' } },
        ],
      },
    });
  });

  it('runs code in the sandbox, and ends code that spins without keeping others waiting', async () => {
    const code = (source: string): Graph =>
      chain([{ id: 'c', kind: 'code', config: { source, timeoutMs: 1_500 } }], 'steps.c');
    const spins = await client.agents.publishNew(code('while (true) {}'), 'Spins');
    const works = await client.agents.publishNew(
      code('function main({ input }) { console.log("seen", input.n); return typeof process + input.n }'),
      'Works',
    );
    const spinning = client.executions.run({ agentId: spins });
    expect(await client.executions.run({ agentId: works, input: { n: 7 } })).toMatchObject({
      status: 'succeeded',
      output: 'undefined7',
    });
    expect(await spinning).toMatchObject({ status: 'failed', error: { code: 'code.limit_time', stepId: 'c' } });
  });

  it.each([
    ['answer-with-tools', { answer: expect.stringContaining('76.7193') as string, toolsUsed: ['calculator'] }],
    ['add-up-expenses', { total: 1289.6 }],
  ])('runs the template %s as it is, without a key', async (slug, output) => {
    const { id: agentId } = await client.agents.fromTemplate(slug);
    expect(await client.executions.run({ agentId, input: await sampleInput(slug) })).toMatchObject({
      status: 'succeeded',
      output,
    });
  });

  it('runs the template approve-a-refund, which waits for a person', async () => {
    const { id: agentId } = await client.agents.fromTemplate('approve-a-refund');
    const { id } = await client.executions.start({ agentId, input: await sampleInput('approve-a-refund') });
    await decide(id, await openWait(id), 'approved', { note: 'With our apologies.' });
    expect(await client.executions.ended(id)).toMatchObject({
      status: 'succeeded',
      output: { refunded: true, letter: expect.stringMatching(/129\.90 euros[^]*With our apologies/) as string },
    });
  });

  it('lists its tools and runs one by hand', async () => {
    const { data } = await client.http.ask<{ data: { name: string; effect: string }[] }>('GET', '/tools');
    const listed = data.map(({ name, effect }) => `${name} ${effect}`);
    expect(listed).toEqual(
      expect.arrayContaining([
        'calculator read',
        'datetime read',
        'http_request write',
        'github_get_issue read',
        'slack_post_message write',
        'database_query read',
      ]),
    );
    expect(new Set(listed).size).toBe(listed.length);
    const run = (name: string, body: unknown) => client.http.send('POST', `/tools/${name}`, body);
    expect(await run('calculator', { arguments: { expression: '2 ^ 10' } })).toMatchObject({
      status: 200,
      body: { result: { result: 1024 } },
    });
    expect(await run('calculator', { arguments: { expression: 5 } })).toMatchObject({
      status: 422,
      body: { code: 'tool.arguments_invalid', errors: [{ pointer: '/arguments/expression' }] },
    });
    expect(await run('calculator', { arguments: { expression: '2 +' } })).toMatchObject({
      status: 422,
      body: { code: 'calculator.invalid' },
    });
    expect(await run('flying', { arguments: {} })).toMatchObject({ status: 404, body: { code: 'tool.not_found' } });
    expect((await run('calculator', { arguments: 'text' })).status).toBe(400);
  });

  function get(path: string): Call {
    return { name: 'http_request', arguments: { url: `${world.url}${path}` } };
  }

  async function sampleInput(slug: string): Promise<unknown> {
    const { data } = await client.http.ask<{ data: { slug: string; sampleInput: unknown }[] }>('GET', '/templates');
    return data.find((template) => template.slug === slug)?.sampleInput;
  }

  /** The turns in which the model was asked, in order. */
  function turnsAsked(name: string): number[] {
    return model.requests
      .map(({ body }) => placeOf(JSON.parse(body) as Record<string, unknown>))
      .filter((place) => place.name === name)
      .map(({ turn }) => turn);
  }

  async function openWait(id: string): Promise<Wait> {
    for (const giveUpAt = Date.now() + 30_000; Date.now() < giveUpAt;) {
      const { status, waits } = (await client.executions.get(id)) as unknown as { status: string; waits: Wait[] };
      if (status === 'waiting' && waits[0]) return waits[0];
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('The run did not come to wait.');
  }

  async function decide(id: string, wait: Wait, decision: string, data?: unknown): Promise<void> {
    const body = { decision, payloadHash: wait.payloadHash, ...(data !== undefined && { data }) };
    const answer = await client.http.send('POST', `/executions/${id}/waits/${wait.id}`, body);
    expect(answer).toMatchObject({ status: 200 });
  }
});

interface Wait {
  readonly id: string;
  readonly payloadHash: string;
}

function agent(name: string, tools: readonly object[] = [{ name: 'http_request' }, { name: 'calculator' }]): Graph {
  return chain([{ id: 'a', kind: 'agent', config: { model: 'openai/gpt-4o-mini', prompt: name, tools } }], 'steps.a');
}

/** Which story asks, and which turn of it: a turn is as long as what was said before. */
function placeOf({ messages }: Record<string, unknown>): { name: string; turn: number } {
  const said = messages as readonly { readonly role: string; readonly content: unknown }[];
  const prompt = said.find(({ role }) => role === 'user')?.content;
  return {
    name: typeof prompt === 'string' ? prompt : '',
    turn: said.filter(({ role }) => role === 'assistant').length,
  };
}
