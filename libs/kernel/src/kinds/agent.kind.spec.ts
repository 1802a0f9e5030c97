import { NodeKindRegistry } from '../node-kind-registry.js';
import { compilePlan } from '../plan.js';
import { StepError } from '../step-error.js';
import { FakeStepServices, type FakeTool, graph, MemoryRunHost, node, SOME_USAGE } from '../testing/index.js';
import { add, agentPlan, call, now, Outside, walkAgent } from '../testing/scripted-agent.js';
import { validateGraph } from '../validate/validate-graph.js';
import { walk } from '../walk.js';

const pathsOf = (host: MemoryRunHost): string[] =>
  host.steps.map(({ path }) => path).filter((path) => path.startsWith('agent'));

describe('the agent kind', () => {
  it('answers at once when it needs no tool', async () => {
    const { outcome, host } = await walkAgent(['Hello'], { system: 'Be kind' });
    expect(outcome).toEqual({
      status: 'succeeded',
      output: { text: 'Hello', turns: 1, toolCalls: [], simulated: true },
    });
    expect(pathsOf(host)).toEqual(['agent/0/model', 'agent']);
  });

  it('runs the tools that the model calls, side by side, and tells it what they said', async () => {
    const { outcome, outside, host } = await walkAgent([
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
    const { outcome, outside } = await walkAgent([[{ ...call('now'), signature: 'sealed thought' }], 'ok']);
    expect(outside.asked[1]?.turns?.[0]).toMatchObject({ toolCalls: [{ name: 'now', signature: 'sealed thought' }] });
    expect(JSON.stringify(outcome)).not.toContain('sealed thought');
  });

  it('counts what its model calls cost once', async () => {
    const { host } = await walkAgent([[call('now')], 'ok']);
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
      const { outcome, outside } = await walkAgent(
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
      await walkAgent([[call('add', polluted)], 'ok']);
      expect(({} as Record<string, unknown>).x).toBeUndefined();
    });

    it('runs no more calls at once than the first 32', async () => {
      const { outside } = await walkAgent([Array.from({ length: 500 }, () => call('now')), 'ok']);
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
    const { outcome } = await walkAgent([[call('add')], 'Sorry'], {}, [failing, now]);
    expect(outcome).toMatchObject({
      output: {
        text: 'Sorry',
        toolCalls: [{ name: 'add', error: { code: 'http.status', message: 'It answered with 500.' } }],
      },
    });
  });

  it('ends with a reason and what it has said when its turns are used up, without running what nobody reads', async () => {
    const { outcome, outside } = await walkAgent([[call('now')], [call('now')], [call('now')]], { maxTurns: 2 });
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
    const outcome = await walk(agentPlan(), {}, new MemoryRunHost({ services }));
    expect(outcome).toMatchObject({ error: { code: 'provider.overloaded', retryable: true, stepId: 'agent' } });
  });

  it('tells the model no more of a result than it can use, and keeps its own output within bounds', async () => {
    const large: FakeTool = { name: 'add', run: () => 'x'.repeat(300_000) };
    const { outcome, outside } = await walkAgent([[call('add'), call('add')], 'ok'], {}, [large, now]);
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
    const outcome = await walk(agentPlan(), {}, new MemoryRunHost({ services }));
    expect(outcome).toMatchObject({ status: 'succeeded', output: { text: 'ok', turns: 1 } });
  });

  it('says which of its tools does not exist', async () => {
    const { outcome } = await walkAgent(['ok'], { tools: [{ name: 'flying' }] });
    expect(outcome).toMatchObject({
      error: { code: 'tool.unknown', message: expect.stringContaining('“flying”') as string },
    });
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
