import type { CompiledNode } from '../node-kind.js';
import { compilePlan } from '../plan.js';
import type { RunOutcome, WaitAnswer, WaitRequest } from '../run-host.js';
import { StepError } from '../step-error.js';
import { ANY, tick, withKinds } from '../testing/custom-kinds.js';
import { graph, MemoryRunHost, node } from '../testing/index.js';
import { walk } from '../walk.js';

const asking = (key = ''): WaitRequest => ({ kind: 'approval', key, title: 'May I?', decisions: ['approved'] });
const waiting: CompiledNode = async (context) => ({ output: (await context.wait(asking())).data });
const YES: WaitAnswer = { decision: 'approved', data: 'yes' };

function run(
  kinds: Readonly<Record<string, CompiledNode>>,
  host: MemoryRunHost,
  rest: object = {},
): Promise<RunOutcome> {
  const names = Object.keys(kinds);
  const nodes = [...names.map((name) => node(name, name, ANY, rest)), node('out', 'output', { expression: 'steps' })];
  return walk(compilePlan(graph(nodes, ...names.map((name) => `start > ${name} > out`)), withKinds(kinds)), {}, host);
}

describe('a step that waits', () => {
  it('ends the attempt when nothing else can go on, and goes on in a later one with the answer', async () => {
    const first = new MemoryRunHost();
    expect(await run({ ask: waiting }, first)).toEqual({ status: 'waiting' });
    expect(first.waits.get('ask')).toMatchObject({ kind: 'approval', title: 'May I?' });
    expect(first.idsOf('step-end')).toEqual(['start']);
    const second = first.resume({ answers: { ask: YES } });
    expect(await run({ ask: waiting }, second)).toMatchObject({ status: 'succeeded', output: { ask: 'yes' } });
  });

  it('keeps no other branch from its work, and what they did is committed before the attempt ends', async () => {
    const slow: CompiledNode = async () => {
      await tick(20);
      return { output: 'slow' };
    };
    const host = new MemoryRunHost();
    expect(await run({ ask: waiting, slow }, host)).toEqual({ status: 'waiting' });
    expect(host.idsOf('step-end')).toEqual(['start', 'slow']);
    expect(host.recorded('slow')).toBeDefined();
  });

  it('makes the wait durable at once although other branches are still busy', async () => {
    const slow: CompiledNode = async () => {
      await tick(40);
      return { output: 1 };
    };
    const host = new MemoryRunHost();
    const outcome = run({ ask: waiting, slow }, host);
    await tick(15);
    expect(host.commitCount).toBe(2);
    await outcome;
  });

  it('goes on within the attempt when the answer comes while others are busy', async () => {
    const slow: CompiledNode = async () => {
      await tick(30);
      return { output: 'slow' };
    };
    const host = new MemoryRunHost();
    const outcome = run({ ask: waiting, slow }, host);
    await tick(5);
    host.answer('ask', YES);
    expect(await outcome).toMatchObject({ status: 'succeeded', output: { ask: 'yes', slow: 'slow' } });
  });

  it('waits for several answers one after the other', async () => {
    const twice: CompiledNode = async (context) => {
      const first = await context.wait(asking('one'));
      return { output: [first.data, (await context.wait(asking('two'))).data] };
    };
    let host = new MemoryRunHost();
    expect(await run({ twice }, host)).toEqual({ status: 'waiting' });
    host = host.resume({ answers: { 'twice one': YES } });
    expect(await run({ twice }, host)).toEqual({ status: 'waiting' });
    expect([...host.waits.keys()]).toEqual(['twice two']);
    host = host.resume({ answers: { 'twice one': YES, 'twice two': { decision: 'approved', data: 2 } } });
    expect(await run({ twice }, host)).toMatchObject({ status: 'succeeded', output: { twice: ['yes', 2] } });
  });

  it('does not use up its time limit, but has what is left of it afterwards', async () => {
    const slowAfterwards: CompiledNode = async (context) => {
      await context.wait(asking());
      return new Promise(() => undefined);
    };
    const busy: CompiledNode = async () => {
      await tick(80);
      return { output: 1 };
    };
    const host = new MemoryRunHost();
    const nodes = [
      node('ask', 'ask', ANY, { timeoutMs: 30 }),
      node('busy', 'busy', ANY),
      node('out', 'output', { expression: '1' }),
    ];
    const plan = compilePlan(
      graph(nodes, 'start > ask > out', 'start > busy > out'),
      withKinds({ ask: slowAfterwards, busy }),
    );
    const outcome = walk(plan, {}, host);
    await tick(60);
    expect(host.idsOf('step-end')).toEqual(['start']);
    host.answer('ask', YES);
    expect(await outcome).toMatchObject({ status: 'failed', error: { code: 'step.timeout', stepId: 'ask' } });
  });

  it('does not use up the time limit of the step above it either', async () => {
    const above: CompiledNode = async (context) => {
      const inner = { path: '0', kind: 'part', effect: 'pure', run: waiting } as const;
      return { output: (await context.step(inner)).output };
    };
    const busy: CompiledNode = async () => {
      await tick(60);
      return { output: 1 };
    };
    const nodes = [
      node('above', 'above', ANY, { timeoutMs: 25 }),
      node('busy', 'busy', ANY),
      node('out', 'output', { expression: 'steps.above' }),
    ];
    const plan = compilePlan(graph(nodes, 'start > above > out', 'start > busy > out'), withKinds({ above, busy }));
    const host = new MemoryRunHost();
    expect(await walk(plan, {}, host)).toEqual({ status: 'waiting' });
    expect(await walk(plan, {}, host.resume({ answers: { 'above/0': YES } }))).toEqual({
      status: 'succeeded',
      output: 'yes',
    });
  });

  it('opens all waits of steps below it before the attempt ends', async () => {
    const many: CompiledNode = async (context) => {
      const records = await Promise.all(
        Array.from({ length: 600 }, (_, index) =>
          context.step({ path: String(index), kind: 'part', effect: 'effectful', run: waiting }),
        ),
      );
      return { output: records.length };
    };
    const host = new MemoryRunHost({ commitMs: 1 });
    expect(await run({ many }, host)).toEqual({ status: 'waiting' });
    expect(host.waits.size).toBe(600);
  });

  it('is not cut off while it also has a step to run', async () => {
    const both: CompiledNode = async (context) => {
      const slow: CompiledNode = async () => {
        await tick(20);
        return { output: 1 };
      };
      const step = context.step({ path: 'slow', kind: 'part', effect: 'pure', run: slow });
      await context.wait(asking());
      return { output: await step };
    };
    const host = new MemoryRunHost();
    expect(await run({ both }, host)).toEqual({ status: 'waiting' });
    expect(host.idsOf('step-end')).toEqual(['start', 'both/slow']);
  });

  it('ends at once when the run is cancelled', async () => {
    const slow: CompiledNode = () => new Promise(() => undefined);
    const host = new MemoryRunHost();
    const outcome = run({ ask: waiting, slow }, host);
    await tick(5);
    host.abort();
    expect(await outcome).toMatchObject({ status: 'failed', error: { code: 'run.cancelled' } });
    host.answer('ask', YES);
    await tick(5);
    expect(host.idsOf('step-end')).toEqual(['start']);
  });
});

describe('a step whose service asks for more time', () => {
  const DUE: WaitAnswer = { decision: 'due' };
  const limited = (retryAfterMs: number): StepError =>
    new StepError({ code: 'provider.rate_limited', message: 'Later.', retryable: true, retryAfterMs });
  /** Fails so often, and says how often it was tried. */
  const failing = (times: number, retryAfterMs: number) => {
    const tried: number[] = [];
    const ask: CompiledNode = async () => {
      tried.push(tried.length + 1);
      if (tried.length <= times) throw limited(retryAfterMs);
      return { output: 'answer' };
    };
    return { ask, tried };
  };
  const retry = (maxAttempts: number) => ({ retry: { maxAttempts, backoffMs: 0 } });

  it('sleeps until then without a worker, and is tried again in a later attempt', async () => {
    const { ask, tried } = failing(1, 600_000);
    const first = new MemoryRunHost();
    const before = Date.now();
    expect(await run({ ask }, first, retry(3))).toEqual({ status: 'waiting' });
    const wait = first.waits.get('ask next-try-1');
    expect(wait).toMatchObject({ kind: 'timer', title: expect.stringContaining('Tries “ask” again at 20') });
    expect(wait?.dueAt).toBeGreaterThanOrEqual(before + 600_000);
    const second = first.resume({ answers: { 'ask next-try-1': DUE } });
    expect(await run({ ask }, second, retry(3))).toMatchObject({ status: 'succeeded', output: { ask: 'answer' } });
    expect(tried).toHaveLength(2);
    expect(second.steps.find(({ path }) => path === 'ask')?.tries).toBe(2);
    expect(second.events.filter(({ stepId }) => stepId === 'ask')[0]?.data).toMatchObject({ try: 2 });
  });

  it('has no more tries for having slept', async () => {
    const { ask, tried } = failing(9, 600_000);
    let host = new MemoryRunHost();
    expect(await run({ ask }, host, retry(2))).toEqual({ status: 'waiting' });
    host = host.resume({ answers: { 'ask next-try-1': DUE } });
    expect(await run({ ask }, host, retry(2))).toMatchObject({
      status: 'failed',
      error: { code: 'provider.rate_limited' },
    });
    expect(tried).toHaveLength(2);
  });

  it('sleeps on when its run is taken up for another reason', async () => {
    const { ask, tried } = failing(1, 600_000);
    const kinds = { ask, other: waiting };
    const first = new MemoryRunHost();
    expect(await run(kinds, first, retry(2))).toEqual({ status: 'waiting' });
    const second = first.resume({ answers: { other: YES }, asked: ['ask next-try-1'] });
    expect(await run(kinds, second, retry(2))).toEqual({ status: 'waiting' });
    expect(tried).toHaveLength(1);
    expect(second.idsOf('step-start')).toEqual(['other']);
    const third = second.resume({ answers: { other: YES, 'ask next-try-1': DUE } });
    expect(await run(kinds, third, retry(2))).toMatchObject({ status: 'succeeded' });
  });

  it('goes on in the same attempt when others are still busy', async () => {
    const { ask } = failing(1, 20_000);
    const slow: CompiledNode = async () => {
      await tick(40);
      return { output: 'slow' };
    };
    const host = new MemoryRunHost();
    const outcome = run({ ask, slow }, host, retry(2));
    await tick(10);
    host.answer('ask next-try-1', DUE);
    expect(await outcome).toMatchObject({ status: 'succeeded', output: { ask: 'answer', slow: 'slow' } });
  });
});
