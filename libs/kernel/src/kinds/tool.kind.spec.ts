import type { GraphNode } from '../graph.js';
import { NodeKindRegistry } from '../node-kind-registry.js';
import { compilePlan } from '../plan.js';
import type { RunOutcome, WaitAnswer } from '../run-host.js';
import { StepError } from '../step-error.js';
import { FakeStepServices, type FakeTool, graph, MemoryRunHost, node } from '../testing/index.js';
import { walk } from '../walk.js';
import { validateGraph } from '../validate/validate-graph.js';

const plan = (config: GraphNode['config']) =>
  compilePlan(
    graph([node('call', 'tool', config), node('out', 'output', { expression: 'steps.call' })], 'start > call > out'),
    new NodeKindRegistry(),
  );

async function run(
  config: GraphNode['config'],
  tool: Partial<FakeTool> = {},
): Promise<{ outcome: RunOutcome; services: FakeStepServices; host: MemoryRunHost }> {
  const services = new FakeStepServices({ tools: [{ name: 'echo', run: (args) => ({ said: args }), ...tool }] });
  const host = new MemoryRunHost({ services });
  return { outcome: await walk(plan(config), { text: 'a "b"', n: 3 }, host), services, host };
}

describe('the tool kind', () => {
  it('fills templates in the arguments wherever they stand and leaves other values as they are', async () => {
    const { outcome } = await run({
      tool: 'echo',
      arguments: { q: '{{ input.text }}', deep: [{ n: '{{ input.n }}' }, 5, null, true] },
    });
    expect(outcome).toMatchObject({ output: { said: { q: 'a "b"', deep: [{ n: '3' }, 5, null, true] } } });
  });

  it('takes its arguments from an expression, which keeps numbers and lists', async () => {
    const { outcome } = await run({ tool: 'echo', arguments: '{ "n": input.n, "list": [input.n] }' });
    expect(outcome).toMatchObject({ output: { said: { n: 3, list: [3] } } });
  });

  it('does not run a tool whose arguments do not fit, and says what is wrong', async () => {
    const { outcome, services } = await run(
      { tool: 'echo', arguments: { n: '{{ input.n }}' } },
      { check: () => [{ pointer: '/arguments/n', code: 'schema.type', message: '/arguments/n must be number.' }] },
    );
    expect(services.toolCalls).toEqual([]);
    expect(outcome).toMatchObject({
      error: {
        code: 'tool.arguments_invalid',
        message: expect.stringContaining('/arguments/n must be number') as string,
      },
    });
  });

  it.each(['missing', '__proto__', 'constructor'])('says that there is no tool %s', async (tool) => {
    expect((await run({ tool, arguments: {} })).outcome).toMatchObject({ error: { code: 'tool.unknown' } });
  });

  it('keeps what it shows free of what the tool masks', async () => {
    const { host } = await run(
      { tool: 'echo', arguments: { key: 's3cret' } },
      { maskArguments: () => ({ key: '•••' }) },
    );
    expect(JSON.stringify(host.steps.find(({ path }) => path === 'call')?.input)).not.toContain('s3cret');
  });

  it('writes once: an answer that came and was committed is not asked for again after a crash', async () => {
    let writes = 0;
    const tools: FakeTool[] = [
      {
        name: 'echo',
        effectOf: () => 'write',
        isRepeatable: () => false,
        run: () => {
          writes++;
          throw new StepError({ code: 'egress.timeout', message: 'No answer.', retryable: true, outcomeUnknown: true });
        },
      },
    ];
    const first = new MemoryRunHost({ services: new FakeStepServices({ tools }) });
    const config = { tool: 'echo', arguments: {} };
    expect(await walk(plan(config), {}, first)).toEqual({ status: 'waiting' });
    expect([...first.waits.values()]).toMatchObject([{ kind: 'effect', decisions: ['happened', 'not_happened'] }]);
    const answer: WaitAnswer = { decision: 'happened', data: 'done after all' };
    const [name] = [...first.waits.keys()];
    const second = first.resume({ answers: { [name as string]: answer } });
    expect(await walk(plan(config), {}, second)).toEqual({ status: 'succeeded', output: 'done after all' });
    expect(writes).toBe(1);
  });

  it.each([
    [undefined, 'write', false],
    ['never', 'write', false],
    ['onWrite', 'read', false],
    ['onWrite', 'write', true],
    ['always', 'read', true],
  ] as const)('asks a person first when the tool wants it %s and the call is a %s', async (approval, effect, asks) => {
    const tool = { ...(approval && { approval }), effectOf: () => effect };
    const { outcome, services, host } = await run({ tool: 'echo', arguments: { q: 'x' } }, tool);
    expect(outcome.status).toBe(asks ? 'waiting' : 'succeeded');
    expect(services.toolCalls).toHaveLength(asks ? 0 : 1);
    expect([...host.waits.values()]).toMatchObject(
      asks ? [{ kind: 'approval', payload: { tool: 'echo', arguments: { q: 'x' } } }] : [],
    );
  });

  it('runs a tool that wants a person once one has said yes, and does not when they say no', async () => {
    const first = await run({ tool: 'echo', arguments: {} }, { approval: 'always' });
    const [name] = [...first.host.waits.keys()];
    const answered = (decision: string): Promise<RunOutcome> =>
      walk(
        plan({ tool: 'echo', arguments: {} }),
        {},
        first.host.resume({ answers: { [name as string]: { decision, by: 'Ada' } } }),
      );
    expect(await answered('approved')).toMatchObject({ status: 'succeeded' });
    expect(await answered('rejected')).toMatchObject({ status: 'failed', error: { code: 'tool.not_approved' } });
    expect(first.services.toolCalls).toHaveLength(1);
  });

  it('asks nobody about arguments that do not fit', async () => {
    const problem = { pointer: '/arguments/q', code: 'schema.type', message: '/arguments/q must be number.' };
    const { outcome, host } = await run(
      { tool: 'echo', arguments: { q: 'x' } },
      { approval: 'always', check: () => [problem] },
    );
    expect(outcome).toMatchObject({ error: { code: 'tool.arguments_invalid' } });
    expect(host.waits.size).toBe(0);
  });

  it.each([
    [{ tool: 'a b', arguments: {} }, '/nodes/1/config/tool'],
    [{ tool: 'echo' }, '/nodes/1/config'],
    [{ tool: 'echo', arguments: { a: '{{ oh' } }, '/nodes/1/config/arguments/a'],
    [{ tool: 'echo', arguments: '{ oh' }, '/nodes/1/config/arguments'],
    [{ tool: 'echo', arguments: { a: 'x'.repeat(300_000) } }, '/nodes/1/config/arguments'],
  ])('refuses the configuration %#, pointing at the fault', (config, pointer) => {
    const { problems } = validateGraph(
      graph([node('call', 'tool', config), node('out', 'output', { expression: '1' })], 'start > call > out'),
      new NodeKindRegistry(),
    );
    expect(problems.some((problem) => problem.pointer.startsWith(pointer))).toBe(true);
  });
});
