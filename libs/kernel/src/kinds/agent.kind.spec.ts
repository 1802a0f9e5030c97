import type { GraphNode } from '../graph.js';
import { NodeKindRegistry } from '../node-kind-registry.js';
import { compilePlan } from '../plan.js';
import type { RunOutcome } from '../run-host.js';
import { StepError } from '../step-error.js';
import type { GenerateRequest, ModelToolCall } from '../step-services.js';
import { FakeStepServices, type FakeTool, graph, MemoryRunHost, node, SOME_USAGE } from '../testing/index.js';
import { validateGraph } from '../validate/validate-graph.js';
import { walk } from '../walk.js';

/** What the model says in each turn: an answer, or calls. */
type Turn = string | readonly Omit<ModelToolCall, 'id'>[];

const call = (name: string, args: unknown = {}): Omit<ModelToolCall, 'id'> => ({
  name,
  arguments: args as ModelToolCall['arguments'],
});

class Outside extends FakeStepServices {
  readonly asked: GenerateRequest[] = [];
  readonly ran: string[] = [];

  constructor(turns: readonly Turn[], tools: readonly FakeTool[] = []) {
    super({
      generate: (request) => {
        this.asked.push(request);
        const turn = turns[(request.turns ?? []).filter(({ role }) => role === 'assistant').length] ?? 'done';
        if (typeof turn === 'string') return { text: turn };
        return { text: '', toolCalls: turn.map((each, index) => ({ id: `model-made-${index}`, ...each })) };
      },
      tools: tools.map((tool) => ({
        ...tool,
        run: (args, context) => {
          this.ran.push(`${tool.name} ${JSON.stringify(args)}`);
          return tool.run(args, context);
        },
      })),
    });
  }
}

const add: FakeTool = { name: 'add', run: ({ a, b }) => Number(a) + Number(b) };
const now: FakeTool = { name: 'now', run: () => '2026-11-21' };

const plan = (config: GraphNode['config'] = {}, rest: Partial<GraphNode> = {}) =>
  compilePlan(
    graph(
      [
        node(
          'agent',
          'agent',
          {
            model: 'simulated/offline',
            prompt: 'Do {{ input.task }}',
            tools: [{ name: 'add' }, { name: 'now', description: 'Tells the time' }],
            ...config,
          },
          rest,
        ),
        node('out', 'output', { expression: 'steps.agent' }),
      ],
      'start > agent > out',
    ),
    new NodeKindRegistry(),
  );

async function run(
  turns: readonly Turn[],
  config: GraphNode['config'] = {},
  tools: readonly FakeTool[] = [add, now],
): Promise<{ outcome: RunOutcome; outside: Outside; host: MemoryRunHost }> {
  const outside = new Outside(turns, tools);
  const host = new MemoryRunHost({ services: outside });
  return { outcome: await walk(plan(config), { task: 'it' }, host), outside, host };
}

const pathsOf = (host: MemoryRunHost): string[] =>
  host.steps.map(({ path }) => path).filter((path) => path.startsWith('agent'));

describe('the agent kind', () => {
  it('answers at once when it needs no tool', async () => {
    const { outcome, host } = await run(['Hello'], { system: 'Be kind' });
    expect(outcome).toEqual({
      status: 'succeeded',
      output: { text: 'Hello', turns: 1, toolCalls: [], simulated: true },
    });
    expect(pathsOf(host)).toEqual(['agent/0/model', 'agent']);
  });

  it('sleeps when the provider of its model asks for time, and goes on at that call', async () => {
    const busy = new StepError({
      code: 'provider.rate_limited',
      message: 'Later.',
      retryable: true,
      retryAfterMs: 600_000,
    });
    const answers = [{ text: '', toolCalls: [{ id: 'x', ...call('now') }] }, busy, { text: 'It is 2026.' }];
    const services = new FakeStepServices({
      generate: () => {
        const answer = answers.shift();
        if (answer instanceof StepError) throw answer;
        return answer ?? {};
      },
      tools: [add, now],
    });
    const policy = plan({}, { retry: { maxAttempts: 2, backoffMs: 0 } });
    const first = new MemoryRunHost({ services });
    expect(await walk(policy, { task: 'it' }, first)).toEqual({ status: 'waiting' });
    expect((first.waits.get('agent next-try-1')?.dueAt ?? 0) - Date.now()).toBeGreaterThan(590_000);
    const second = first.resume({ answers: { 'agent next-try-1': { decision: 'due' } } });
    expect(await walk(policy, { task: 'it' }, second)).toMatchObject({ output: { text: 'It is 2026.' } });
    expect([services.generateCalls.length, services.toolCalls.length]).toEqual([3, 1]);
  });

  it('runs the tools that the model calls, side by side, and tells it what they said', async () => {
    const { outcome, outside, host } = await run([
      [call('add', { a: 1, b: 2 }), call('now')],
      [call('add', { a: 3, b: 3 })],
      'It is 6',
    ]);
    expect(outcome).toMatchObject({
      output: {
        text: 'It is 6',
        turns: 3,
        toolCalls: [
          { name: 'add', arguments: { a: 1, b: 2 }, result: 3 },
          { name: 'now', arguments: {}, result: '2026-11-21' },
          { name: 'add', arguments: { a: 3, b: 3 }, result: 6 },
        ],
      },
    });
    expect(new Set(pathsOf(host))).toEqual(
      new Set([
        'agent/0/model',
        'agent/0/tool/0',
        'agent/0/tool/1',
        'agent/1/model',
        'agent/1/tool/0',
        'agent/2/model',
        'agent',
      ]),
    );
    expect(outside.asked[1]?.turns).toEqual([
      {
        role: 'assistant',
        content: '',
        toolCalls: [
          { id: '0.0', name: 'add', arguments: { a: 1, b: 2 } },
          { id: '0.1', name: 'now', arguments: {} },
        ],
      },
      { role: 'tool', toolCallId: '0.0', toolName: 'add', content: '3', isError: false },
      { role: 'tool', toolCallId: '0.1', toolName: 'now', content: '2026-11-21', isError: false },
    ]);
    expect(outside.asked[0]?.tools?.map(({ name, description }) => [name, description])).toEqual([
      ['add', ''],
      ['now', 'Tells the time'],
    ]);
  });

  it('shows the provider again what it wrote to itself into its calls, and to nobody else', async () => {
    const { outcome, outside } = await run([[{ ...call('now'), signature: 'sealed thought' }], 'ok']);
    expect(outside.asked[1]?.turns?.[0]).toMatchObject({ toolCalls: [{ name: 'now', signature: 'sealed thought' }] });
    expect(JSON.stringify(outcome)).not.toContain('sealed thought');
  });

  it('counts what its model calls cost once', async () => {
    const { host } = await run([[call('now')], 'ok']);
    const counted = host.steps.filter(({ usage }) => usage !== undefined);
    expect(counted.map(({ path }) => path)).toEqual(['agent/0/model', 'agent/1/model']);
    expect(counted[0]?.usage).toEqual(SOME_USAGE);
  });

  describe('takes what the model writes as data', () => {
    it.each([
      ['a tool that there is not', call('rm -rf /', {}), /no tool “rm -rf \/”/],
      ['the name __proto__', call('__proto__', {}), /no tool “__proto__”/],
      ['the name constructor', call('constructor', {}), /no tool “constructor”/],
      ['a name of ten thousand characters', call('x'.repeat(10_000)), /no tool “x{64}”/],
      ['arguments of ten megabytes', call('add', { a: 'x'.repeat(10_000_000) }), /larger than/],
      ['arguments nested without end', call('add', deep(5_000)), /nests deeper/],
      ['arguments that do not fit', call('strict', { a: '$(reboot)' }), /a must be number/],
    ])('%s: tells it so, lets it ask again, and runs nothing', async (_title, bad, message) => {
      const strict: FakeTool = {
        name: 'strict',
        run: () => 'ran',
        check: () => [{ pointer: '/arguments/a', code: 'schema.type', message: '/arguments/a must be number.' }],
      };
      const { outcome, outside } = await run(
        [[bad], [call('add', { a: 1, b: 1 })], 'ok'],
        { tools: [{ name: 'add' }, { name: 'strict' }] },
        [add, strict],
      );
      expect(outcome).toMatchObject({ status: 'succeeded', output: { text: 'ok', turns: 3 } });
      expect(outside.ran).toEqual(['add {"a":1,"b":1}']);
      const told = outside.asked[1]?.turns?.at(-1);
      expect(told).toMatchObject({ role: 'tool', isError: true, content: expect.stringMatching(message) as string });
    });

    it('gives own keys no power', async () => {
      const polluted = JSON.parse('{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}}}') as object;
      await run([[call('add', polluted)], 'ok']);
      expect(({} as Record<string, unknown>).x).toBeUndefined();
    });

    it('runs no more calls at once than the first 32', async () => {
      const { outside } = await run([Array.from({ length: 500 }, () => call('now')), 'ok']);
      expect(outside.ran).toHaveLength(32);
    });
  });

  it('tells the model that a tool failed, and goes on', async () => {
    const failing: FakeTool = {
      name: 'add',
      run: () => {
        throw new StepError({ code: 'http.status', message: 'It answered with 500.', retryable: true });
      },
    };
    const { outcome } = await run([[call('add')], 'Sorry'], {}, [failing, now]);
    expect(outcome).toMatchObject({
      output: {
        text: 'Sorry',
        toolCalls: [{ name: 'add', error: { code: 'http.status', message: 'It answered with 500.' } }],
      },
    });
  });

  it('ends with a reason and what it has said when its turns are used up, without running what nobody reads', async () => {
    const { outcome, outside } = await run([[call('now')], [call('now')], [call('now')]], { maxTurns: 2 });
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'agent.limit_turns', stepId: 'agent' } });
    expect(outside.ran).toHaveLength(1);
  });

  it('fails as the model fails', async () => {
    const services = new FakeStepServices({
      generate: () => {
        throw new StepError({ code: 'provider.overloaded', message: 'Busy.', retryable: true });
      },
      tools: [add, now],
    });
    const outcome = await walk(plan(), {}, new MemoryRunHost({ services }));
    expect(outcome).toMatchObject({ error: { code: 'provider.overloaded', retryable: true, stepId: 'agent' } });
  });

  it('tells the model no more of a result than it can use, and keeps its own output within bounds', async () => {
    const large: FakeTool = { name: 'add', run: () => 'x'.repeat(300_000) };
    const { outcome, outside } = await run([[call('add'), call('add')], 'ok'], {}, [large, now]);
    const contents = outside.asked[1]?.turns?.slice(1).map(({ content }) => content) ?? [];
    expect(contents).toHaveLength(2);
    for (const content of contents) expect(content).toMatch(/268000 more characters were left out/);
    const { toolCalls } = (outcome as { output: { toolCalls: { result?: string; omitted?: true }[] } }).output;
    expect(toolCalls.map(({ result, omitted }) => [result?.length, omitted])).toEqual([
      [300_000, undefined],
      [undefined, true],
    ]);
  });

  it('works for each item of a map, with steps of its own', async () => {
    const outside = new Outside([[call('now')], 'ok'], [add, now]);
    const host = new MemoryRunHost({ services: outside });
    const config = { model: 'a/b', prompt: 'Do {{ vars.item }}', tools: [{ name: 'now' }] };
    const nodes = [
      node('each', 'map', { items: '["one", "two"]', node: { kind: 'agent', config } }),
      node('out', 'output', { expression: 'steps.each.turns' }),
    ];
    const mapped = compilePlan(graph(nodes, 'start > each > out'), new NodeKindRegistry());
    expect(await walk(mapped, {}, host)).toEqual({ status: 'succeeded', output: [2, 2] });
    expect(host.steps.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['each/0/0/model', 'each/0/0/tool/0', 'each/1/1/model', 'each/1']),
    );
  });

  it('asks again when the model writes a call that cannot be read', async () => {
    let broken = 2;
    const services = new FakeStepServices({
      generate: () => {
        if (broken-- === 0) return { text: 'ok' };
        throw new StepError({ code: 'provider.invalid_tool_call', message: 'No JSON.', retryable: true });
      },
      tools: [add, now],
    });
    const outcome = await walk(plan(), {}, new MemoryRunHost({ services }));
    expect(outcome).toMatchObject({ status: 'succeeded', output: { text: 'ok', turns: 1 } });
  });

  it('says which of its tools does not exist', async () => {
    const { outcome } = await run(['ok'], { tools: [{ name: 'flying' }] });
    expect(outcome).toMatchObject({
      error: { code: 'tool.unknown', message: expect.stringContaining('“flying”') as string },
    });
  });

  describe('after a crash', () => {
    const turns: Turn[] = [[call('add', { a: 1, b: 2 }), call('now')], [call('add', { a: 3, b: 3 })], 'It is 6'];
    const whole = async (): Promise<{ commits: number; outcome: RunOutcome; asked: number }> => {
      const { outcome, host, outside } = await run(turns);
      return { commits: host.commitCount, outcome, asked: outside.asked.length };
    };

    it('repeats no call of model or tool whose record was committed, wherever it crashed', async () => {
      const { commits, outcome } = await whole();
      for (let crashAtCommit = 1; crashAtCommit <= commits; crashAtCommit++) {
        const before = new Outside(turns, [add, now]);
        const host = new MemoryRunHost({ services: before, crashAtCommit });
        await walk(plan(), { task: 'it' }, host);
        const after = new Outside(turns, [add, now]);
        const next = host.resume({ services: after });
        const finished = ['0/model', '0/tool/0', '0/tool/1', '1/model', '1/tool/0', '2/model'].filter(
          (path) => next.recorded(`agent/${path}`) !== undefined,
        );
        expect(await walk(plan(), { task: 'it' }, next)).toEqual(outcome);
        expect(after.asked.length + after.ran.length).toBe(next.recorded('agent') ? 0 : 6 - finished.length);
      }
    });
  });

  describe('with a tool that a person must allow', () => {
    const config = { tools: [{ name: 'add', approval: true }, { name: 'now' }] };
    const turns: Turn[] = [[call('add', { a: 1, b: 2 }), call('now')], 'ok'];

    it('gives the worker free, and goes on where it was once the person has said yes', async () => {
      const first = await run(turns, config);
      expect(first.outcome).toEqual({ status: 'waiting' });
      expect(first.outside.ran).toEqual(['now {}']);
      expect([...first.host.waits.entries()]).toMatchObject([
        [
          'agent/0/tool/0 approval',
          {
            kind: 'approval',
            payload: { tool: 'add', arguments: { a: 1, b: 2 } },
            decisions: ['approved', 'rejected'],
          },
        ],
      ]);
      // As every host does when a walk has ended.
      await first.host.commit();
      const outside = new Outside(turns, [add, now]);
      const second = first.host.resume({
        services: outside,
        answers: { 'agent/0/tool/0 approval': { decision: 'approved', by: 'Ada' } },
      });
      expect(await walk(plan(config), { task: 'it' }, second)).toMatchObject({ status: 'succeeded' });
      expect(outside.ran).toEqual(['add {"a":1,"b":2}']);
      expect(outside.asked).toHaveLength(1);
    });

    it('tells the model that the person has said no', async () => {
      const outside = new Outside(turns, [add, now]);
      const host = new MemoryRunHost({
        services: outside,
        answers: { 'agent/0/tool/0 approval': { decision: 'rejected', by: 'Ada' } },
      });
      expect(await walk(plan(config), { task: 'it' }, host)).toMatchObject({
        output: {
          toolCalls: [{ error: { code: 'tool.not_approved', message: expect.stringContaining('Ada') as string } }, {}],
        },
      });
      expect(outside.ran).toEqual(['now {}']);
    });
  });

  it('asks again for what failed when its node is tried again, and for nothing else', async () => {
    let failures = 1;
    const outside = new Outside([[call('now')], 'ok'], [add, now]);
    const generate = outside.generate.bind(outside);
    outside.generate = async (request, context) => {
      if (request.turns?.length && failures-- > 0) {
        throw new StepError({ code: 'provider.overloaded', message: 'Busy.', retryable: true });
      }
      return generate(request, context);
    };
    const host = new MemoryRunHost({ services: outside });
    const outcome = await walk(plan({}, { retry: { maxAttempts: 2, backoffMs: 0 } }), {}, host);
    expect(outcome).toMatchObject({ status: 'succeeded', output: { text: 'ok', turns: 2 } });
    expect(outside.asked).toHaveLength(2);
    expect(outside.ran).toEqual(['now {}']);
  });

  it('refuses two tools with one name', () => {
    const { problems } = validateGraph(
      graph(
        [
          node('agent', 'agent', { model: 'a/b', prompt: 'x', tools: [{ name: 'now' }, { name: 'now' }] }),
          node('out', 'output', { expression: '1' }),
        ],
        'start > agent > out',
      ),
      new NodeKindRegistry(),
    );
    expect(problems).toMatchObject([{ pointer: '/nodes/1/config/tools/1/name', code: 'agent.duplicate_tool' }]);
  });
});

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = { value };
  return value;
}

describe('what an author says of an agent’s tools', () => {
  const issue: FakeTool = {
    name: 'issue',
    inputSchema: {
      type: 'object',
      properties: { repository: { type: 'string' }, title: { type: 'string' }, labels: { type: 'array' } },
      required: ['repository', 'title'],
    },
    effectOf: ({ title }) => (title === 'read' ? 'read' : 'write'),
    run: (args) => args,
  };
  const asks = (args: unknown): Turn[] => [[call('issue', args)], 'done'];

  it('may be no more than a name', async () => {
    const { outcome } = await run(asks({ title: 'read' }), { tools: ['issue'] }, [issue]);
    expect(outcome).toMatchObject({ status: 'succeeded' });
  });

  it('fixes arguments that the model neither sees nor changes, and chooses the credential', async () => {
    const credentialId = '0190f2a4-5b6c-7000-8000-00000000aaaa';
    const tools = [{ name: 'issue', fixed: { repository: 'ours' }, forbidden: ['labels'], credentialId }];
    const { outside } = await run(asks({ title: 'read' }), { tools }, [issue]);
    expect(outside.asked[0]?.tools?.[0]?.inputSchema).toEqual({
      type: 'object',
      properties: { title: { type: 'string' } },
      required: ['title'],
    });
    expect(outside.toolCalls).toMatchObject([{ args: { title: 'read', repository: 'ours' }, credentialId }]);
    expect(JSON.stringify(outside.asked)).not.toContain(credentialId);
  });

  it.each([{ repository: 'theirs' }, { labels: [] }])('refuses what is not the model’s to give: %j', async (more) => {
    const tools = [{ name: 'issue', fixed: { repository: 'ours' }, forbidden: ['labels'] }];
    const { outside } = await run(asks({ title: 'read', ...more }), { tools }, [issue]);
    expect(outside.toolCalls).toEqual([]);
    expect(outside.asked[1]?.turns?.at(-1)).toMatchObject({
      isError: true,
      content: expect.stringMatching(/not yours to give/),
    });
  });

  it.each([
    ['never', 'write', []],
    ['onWrite', 'read', []],
    ['onWrite', 'write', ['approval']],
    ['always', 'read', ['approval']],
    [true, 'read', ['approval']],
    [false, 'write', []],
  ])('asks a person %s for a call that is a %s', async (approval, title, waits) => {
    const { host, outcome } = await run(asks({ repository: 'r', title }), { tools: [{ name: 'issue', approval }] }, [
      issue,
    ]);
    expect(outcome.status).toBe(waits.length > 0 ? 'waiting' : 'succeeded');
    expect([...host.waits.values()].map(({ kind }) => kind)).toEqual(waits);
  });

  it.each([
    ['never', 'always', 'read', true],
    ['never', 'onWrite', 'write', true],
    ['never', 'onWrite', 'read', false],
    ['onWrite', 'always', 'read', true],
    ['always', 'never', 'read', true],
  ] as const)(
    'asks a person by the stricter of its own word (%s) and the tool’s (%s) for a %s',
    async (approval, wanted, title, waits) => {
      const tools = [{ name: 'issue', approval }];
      const strict: FakeTool = { ...issue, approval: wanted };
      const { outcome } = await run(asks({ repository: 'r', title }), { tools }, [strict]);
      expect(outcome.status).toBe(waits ? 'waiting' : 'succeeded');
    },
  );

  it('shows a person the arguments as they will be, the fixed ones too', async () => {
    const tools = [{ name: 'issue', approval: 'always', fixed: { repository: 'ours' } }];
    const { host } = await run(asks({ title: 'x' }), { tools }, [issue]);
    expect([...host.waits.values()][0]?.payload).toEqual({
      tool: 'issue',
      arguments: { title: 'x', repository: 'ours' },
    });
  });

  it.each([
    [{ name: 'issue', approval: 'sometimes' }, '/nodes/1/config/tools/0/approval'],
    [{ name: 'is sue' }, '/nodes/1/config/tools/0/name'],
    ['is sue', '/nodes/1/config/tools/0'],
    [{ name: 'issue', shell: true }, '/nodes/1/config/tools/0/shell'],
    [{ name: 'issue', fixed: { a: 1 }, forbidden: ['a'] }, '/nodes/1/config/tools/0/forbidden/0'],
    [{ name: 'issue', credentialId: 'mine' }, '/nodes/1/config/tools/0/credentialId'],
  ])('is checked where it is written: %j', (tool, pointer) => {
    const { problems } = validateGraph(
      graph(
        [
          node('agent', 'agent', { model: 'a/b', prompt: 'x', tools: [tool] }),
          node('out', 'output', { expression: 'steps.agent' }),
        ],
        'start > agent > out',
      ),
      new NodeKindRegistry(),
    );
    expect(problems.map((problem) => problem.pointer)).toContain(pointer);
  });
});
