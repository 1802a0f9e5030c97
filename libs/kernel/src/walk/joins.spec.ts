import { NodeKindRegistry } from '../node-kind-registry.js';
import type { Graph, GraphNode } from '../graph.js';
import { compilePlan } from '../plan.js';
import type { RunOutcome } from '../run-host.js';
import { tick } from '../testing/custom-kinds.js';
import { FakeStepServices, graph, MemoryRunHost, node } from '../testing/index.js';
import { walk } from '../walk.js';

const registry = new NodeKindRegistry();

function run(document: Graph, host: MemoryRunHost, input: unknown = {}): Promise<RunOutcome> {
  return walk(compilePlan(document, registry), input, host);
}

const get = (id: string): GraphNode => node(id, 'http', { method: 'GET', url: `https://x.example/${id}` });
const output = (expression: string): GraphNode => node('out', 'output', { expression });

/** Answers after as many milliseconds as the last number in the url says, or never. */
const timed = (signals: Record<string, AbortSignal> = {}) =>
  new FakeStepServices({
    http: async ({ url }, { signal }) => {
      const name = url.slice(18);
      signals[name] = signal;
      if (name.startsWith('never')) return new Promise(() => undefined);
      await tick(Number(/\d+$/.exec(name)?.[0] ?? 0));
      return { body: name };
    },
  });

describe('parallel and join', () => {
  it('go on by all edges and bring together all that arrives, by the ids of the nodes', async () => {
    const document = graph(
      [node('fork', 'parallel'), get('a20'), get('b1'), node('join', 'join', { mode: 'all' }), output('steps.join')],
      'start > fork > a20 > join > out',
      'fork > b1 > join',
    );
    const outcome = await run(document, new MemoryRunHost({ services: timed() }));
    expect(outcome).toMatchObject({ output: { a20: { body: 'a20' }, b1: { body: 'b1' } } });
    expect(Object.keys((outcome as { output: object }).output)).toEqual(['a20', 'b1']);
  });

  it('leave out the ways that are dead, and take those of failures', async () => {
    const document = graph(
      [
        node('if', 'condition', { expression: 'false' }),
        node('bad', 'transform', { expression: '1 + "x"' }),
        get('a'),
        node('join', 'join', { mode: 'all' }),
        output('[$keys(steps.join)]'),
      ],
      'start > if',
      'if.true > a > join > out',
      'start > bad',
      'bad.error > join',
    );
    expect(await run(document, new MemoryRunHost())).toEqual({ status: 'succeeded', output: ['bad'] });
  });

  it('give the value of an expression when there is one', async () => {
    const document = graph(
      [
        get('a'),
        get('b'),
        node('join', 'join', { mode: 'all', expression: '[steps.a.body, steps.b.body]' }),
        output('steps.join'),
      ],
      'start > a > join > out',
      'start > b > join',
    );
    expect(await run(document, new MemoryRunHost({ services: timed() }))).toMatchObject({ output: ['a', 'b'] });
  });
});

describe('a join of mode first', () => {
  const first = node('join', 'join', { mode: 'first' });
  const race = (...slow: string[]): Graph =>
    graph(
      [get('fast1'), ...slow.map(get), first, output('steps.join')],
      'start > fast1 > join > out',
      ['start', ...slow, 'join'].join(' > '),
    );

  it('goes on with the first that arrives and gives up what nobody else needs', async () => {
    const signals: Record<string, AbortSignal> = {};
    const host = new MemoryRunHost({ services: timed(signals) });
    const outcome = await run(race('never', 'behind'), host);
    expect(outcome).toMatchObject({ status: 'succeeded', output: { fast1: { body: 'fast1' } } });
    expect(signals.never?.aborted).toBe(true);
    expect(host.steps.find(({ path }) => path === 'never')).toMatchObject({
      status: 'failed',
      port: '',
      error: { code: 'step.not_needed' },
    });
    expect(host.idsOf('step-start')).not.toContain('behind');
  });

  it('keeps what others need too', async () => {
    const document = graph(
      [
        get('fast1'),
        get('slow20'),
        first,
        node('also', 'transform', { expression: 'steps.slow20.body' }),
        output('[$keys(steps.join), steps.also]'),
      ],
      'start > fast1 > join > out',
      'start > slow20 > join',
      'slow20 > also > out',
    );
    expect(await run(document, new MemoryRunHost({ services: timed() }))).toMatchObject({
      output: ['fast1', 'slow20'],
    });
  });

  it('ignores those that arrive later', async () => {
    const document = graph(
      [get('fast1'), get('slow10'), first, get('end30'), output('[$keys(steps.join)]')],
      'start > fast1 > join > end30 > out',
      'start > slow10 > join',
      'slow10.error > out',
    );
    const host = new MemoryRunHost({ services: timed() });
    expect(await run(document, host)).toEqual({ status: 'succeeded', output: ['fast1'] });
    expect(host.idsOf('step-start').filter((id) => id === 'join')).toHaveLength(1);
  });

  it('waits for the next when a way to it dies, and is dead when all are', async () => {
    const document = graph(
      [
        node('if', 'condition', { expression: 'input' }),
        get('slow10'),
        first,
        node('rest', 'output', { expression: '"rest"' }),
        node('out', 'output', { expression: '"joined"' }),
      ],
      'start > if',
      'if.true > join > out',
      'if.false > slow10 > rest',
      'slow10.error > join',
    );
    expect(await run(document, new MemoryRunHost({ services: timed() }), false)).toMatchObject({ output: 'rest' });
    expect(await run(document, new MemoryRunHost({ services: timed() }), true)).toMatchObject({ output: 'joined' });
  });

  it('goes the same way in a resumed run and starts nothing that was given up', async () => {
    const document = graph(
      [get('fast1'), get('never'), first, get('after'), output('[$keys(steps.join)]')],
      'start > never > join > after > out',
      'start > fast1 > join',
    );
    for (let crashAtCommit = 1; crashAtCommit <= 4; crashAtCommit++) {
      const services = timed();
      const host = new MemoryRunHost({ services, crashAtCommit });
      await run(document, host);
      const isDecided = host.recorded('join') !== undefined;
      const calls = services.httpCalls.length;
      expect(await run(document, host.resume())).toEqual({ status: 'succeeded', output: ['fast1'] });
      const again = services.httpCalls.slice(calls).map(({ request }) => request.url.slice(18));
      expect(again.includes('never')).toBe(!isDecided);
    }
  });

  it('gives up a person’s decision for a timer that is due', async () => {
    const document = graph(
      [
        node('ask', 'approval', { title: 'Go on?' }),
        node('pause', 'delay', { ms: 60_000 }),
        first,
        output('[$keys(steps.join)]'),
      ],
      'start > ask',
      'ask.approved > join > out',
      'start > pause > join',
    );
    const host = new MemoryRunHost();
    expect(await run(document, host)).toEqual({ status: 'waiting' });
    await host.commit();
    const second = host.resume({ answers: { pause: { decision: 'due' } } });
    expect(await run(document, second)).toEqual({ status: 'succeeded', output: ['pause'] });
    expect(second.steps.find(({ path }) => path === 'ask')).toMatchObject({ error: { code: 'step.not_needed' } });
  });

  it('gives up a whole loop that nobody else needs', async () => {
    const document = graph(
      [
        get('fast10'),
        node('loop', 'loop', { maxIterations: 1_000 }),
        get('each2'),
        first,
        get('end30'),
        output('[$keys(steps.join)]'),
      ],
      'start > fast10 > join > end30 > out',
      'start > loop',
      'loop.body > each2',
      'loop.done > join',
    );
    const services = timed();
    const host = new MemoryRunHost({ services });
    expect(await run(document, host)).toEqual({ status: 'succeeded', output: ['fast10'] });
    expect(services.httpCalls.length).toBeLessThan(15);
    await host.commit();
    expect(await run(document, host.resume())).toEqual({ status: 'succeeded', output: ['fast10'] });
  });
});
