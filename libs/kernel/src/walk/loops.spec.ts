import { NodeKindRegistry } from '../node-kind-registry.js';
import type { Graph, GraphNode } from '../graph.js';
import { compilePlan } from '../plan.js';
import type { RunOutcome } from '../run-host.js';
import { FakeStepServices, graph, MemoryRunHost, node } from '../testing/index.js';
import { walk } from '../walk.js';

const registry = new NodeKindRegistry();

function run(document: Graph, input: unknown, host: MemoryRunHost = new MemoryRunHost()): Promise<RunOutcome> {
  return walk(compilePlan(document, registry), input, host);
}

const transform = (id: string, expression: string): GraphNode => node(id, 'transform', { expression });
const output = (expression: string): GraphNode => node('out', 'output', { expression });
const get = (id: string, path: string): GraphNode =>
  node(id, 'http', { method: 'GET', url: `https://x.example/${path}` });

describe('a loop', () => {
  const perItem = graph(
    [
      node('loop', 'loop', { items: 'input.items', maxIterations: 10 }),
      transform('sum', '(steps.sum ? steps.sum : 0) + steps.loop.item'),
      output('{ "sum": steps.sum, "loop": steps.loop }'),
    ],
    'start > loop',
    'loop.body > sum',
    'loop.done > out',
  );

  it('runs its body for each item, which sees the item and what the iteration before has left', async () => {
    const host = new MemoryRunHost();
    expect(await run(perItem, { items: [5, 6, 7] }, host)).toEqual({
      status: 'succeeded',
      output: { sum: 18, loop: { iterations: 3, stopped: 'done' } },
    });
    expect(host.steps.map(({ path, nodeId, port }) => [path, nodeId, port])).toEqual([
      ['start', 'start', 'out'],
      ['loop/0', 'loop', 'body'],
      ['loop/0/sum', 'sum', 'out'],
      ['loop/1', 'loop', 'body'],
      ['loop/1/sum', 'sum', 'out'],
      ['loop/2', 'loop', 'body'],
      ['loop/2/sum', 'sum', 'out'],
      ['loop/3', 'loop', 'done'],
      ['out', 'out', 'out'],
    ]);
    expect(host.steps[3]?.output).toEqual({ index: 1, item: 6 });
    expect(host.events.find(({ stepId }) => stepId === 'loop/1/sum')?.data).toEqual({
      kind: 'transform',
      nodeId: 'sum',
      try: 1,
    });
  });

  it.each([
    [undefined, 0, undefined],
    [[], 0, undefined],
    [4, 1, 4],
    [[4], 1, 4],
  ])('takes %j for a list with %d items', async (items, iterations, sum) => {
    const loop = { iterations, stopped: 'done' };
    expect(await run(perItem, { items })).toMatchObject({ output: { ...(sum && { sum }), loop } });
  });

  it('ends at its limit', async () => {
    const items = Array.from({ length: 11 }, () => 1);
    expect(await run(perItem, { items })).toMatchObject({
      output: { sum: 10, loop: { iterations: 10, stopped: 'limit' } },
    });
    expect(await run(perItem, { items: items.slice(1) })).toMatchObject({
      output: { loop: { iterations: 10, stopped: 'done' } },
    });
  });

  it('goes on while its condition is true, which sees the steps of the iteration before', async () => {
    const document = graph(
      [
        node('loop', 'loop', { while: 'steps.n < 3', maxIterations: 10 }),
        transform('n', 'steps.loop.index + 1'),
        output('[steps.n, steps.loop.iterations]'),
      ],
      'start > loop',
      'loop.body > n > loop',
      'loop.done > out',
    );
    expect(await run(document, {})).toEqual({ status: 'succeeded', output: [3, 3] });
  });

  it('does not run at all when its condition is false at once', async () => {
    const nodes = [
      node('loop', 'loop', { while: 'input', maxIterations: 9 }),
      transform('n', '1'),
      output('steps.loop'),
    ];
    const document = graph(nodes, 'start > loop', 'loop.body > n', 'loop.done > out');
    expect(await run(document, false)).toMatchObject({ output: { iterations: 0, stopped: 'done' } });
  });

  it('breaks when no way leads back to it', async () => {
    const document = graph(
      [
        node('loop', 'loop', { maxIterations: 100 }),
        transform('n', 'steps.loop.index'),
        node('enough', 'condition', { expression: 'steps.n = 4' }),
        transform('last', '"last " & steps.n'),
        output('[steps.last, steps.loop.stopped, steps.loop.iterations]'),
      ],
      'start > loop',
      'loop.body > n > enough',
      'enough.false > loop',
      'enough.true > last',
      'loop.done > out',
    );
    expect(await run(document, {})).toEqual({ status: 'succeeded', output: ['last 4', 'break', 5] });
  });

  it('forgets in each iteration what does not run in it', async () => {
    const document = graph(
      [
        node('loop', 'loop', { items: '[1, 2, 3]', maxIterations: 5 }),
        node('odd', 'condition', { expression: 'steps.loop.item % 2 = 1' }),
        transform('yes', 'steps.loop.item'),
        transform('seen', '$append(steps.seen, [$exists(steps.yes)])'),
        output('steps.seen'),
      ],
      'start > loop',
      'loop.body > odd',
      'odd.true > yes > seen',
      'odd.false > seen',
      'loop.done > out',
    );
    expect(await run(document, {})).toEqual({ status: 'succeeded', output: [true, false, true] });
  });

  it('stands in the body of another, and begins anew each time', async () => {
    const host = new MemoryRunHost();
    const document = graph(
      [
        node('outer', 'loop', { items: '[10, 20]', maxIterations: 5 }),
        node('inner', 'loop', { items: '[1, 2]', maxIterations: 5 }),
        transform('add', '(steps.add ? steps.add : 0) + steps.outer.item + steps.inner.item'),
        transform('list', '$append(steps.list, [steps.add])'),
        output('steps.list'),
      ],
      'start > outer',
      'outer.body > inner',
      'inner.body > add',
      'inner.done > list > outer',
      'outer.done > out',
    );
    expect(await run(document, {}, host)).toEqual({ status: 'succeeded', output: [23, 43] });
    const paths = host.steps.map(({ path }) => path);
    expect(paths).toContain('outer/1/inner/0/add');
    expect(paths).toContain('outer/1/inner/2');
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('walks branches and joins in its body, and ends an iteration only when all of it is over', async () => {
    const document = graph(
      [
        node('loop', 'loop', { items: '[1, 2]', maxIterations: 5 }),
        get('a', 'a/{{ steps.loop.item }}'),
        get('b', 'b/{{ steps.loop.item }}'),
        transform('both', '[steps.a.body, steps.b.body]'),
        get('side', 'side/{{ steps.loop.item }}'),
        output('steps.both'),
      ],
      'start > loop',
      'loop.body > a > both',
      'loop.body > b > both',
      'a > side',
      'loop.done > out',
    );
    const calls: string[] = [];
    const services = new FakeStepServices({
      http: async ({ url }) => {
        calls.push(url.slice(18));
        await new Promise((resolve) => setTimeout(resolve, url.includes('side') ? 10 : 1));
        return { body: url.slice(18) };
      },
    });
    expect(await run(document, {}, new MemoryRunHost({ services }))).toMatchObject({ output: ['a/2', 'b/2'] });
    expect(calls.slice(0, 3).sort()).toEqual(['a/1', 'b/1', 'side/1']);
    expect(calls).toHaveLength(6);
  });

  it('goes on in the middle of an iteration after a crash at any commit', async () => {
    const document = graph(
      [
        node('loop', 'loop', { items: 'input.items', maxIterations: 10 }),
        get('call', '{{ steps.loop.item }}'),
        transform('list', '$append(steps.list, [steps.call.body])'),
        get('after', 'after'),
        output('steps.list'),
      ],
      'start > loop',
      'loop.body > call > list > loop',
      'loop.done > after > out',
    );
    for (let crashAtCommit = 1; crashAtCommit <= 6; crashAtCommit++) {
      const services = new FakeStepServices({ http: ({ url }) => ({ body: url.slice(18) }) });
      const first = new MemoryRunHost({ services, crashAtCommit });
      await run(document, { items: ['a', 'b', 'c'] }, first);
      const second = first.resume();
      const finished = first.steps.filter(({ path }) => first.recorded(path)).map(({ path }) => path);
      expect(await run(document, { items: ['a', 'b', 'c'] }, second)).toEqual({
        status: 'succeeded',
        output: ['a', 'b', 'c'],
      });
      expect(second.idsOf('step-start').filter((path) => finished.includes(path))).toEqual([]);
      const keys = services.httpCalls.map(({ idempotencyKey }) => idempotencyKey);
      expect(keys.length - new Set(keys).size).toBeLessThanOrEqual(1);
    }
  });

  it('may fail in an iteration, by its error port or with the run', async () => {
    const nodes = [
      node('loop', 'loop', { items: 'input', maxIterations: 10 }),
      transform('odd', '1 + steps.loop.item'),
      output('steps.odd'),
    ];
    const failing = await run(graph(nodes, 'start > loop', 'loop.body > odd', 'loop.done > out'), ['x']);
    expect(failing).toMatchObject({ status: 'failed', error: { code: 'expression.failed', stepId: 'loop/0/odd' } });
    const rescue = [...nodes, transform('rescue', '0')];
    const handled = graph(rescue, 'start > loop', 'loop.body > odd', 'odd.error > rescue', 'loop.done > out');
    expect(await run(handled, ['x'])).toMatchObject({
      status: 'succeeded',
      output: { error: { code: 'expression.failed' } },
    });
  });

  it('waits in its body without keeping a worker', async () => {
    const document = graph(
      [
        node('loop', 'loop', { items: '[1, 2]', maxIterations: 5 }),
        node('ask', 'approval', { title: 'Item {{ steps.loop.item }}?' }),
        output('steps.loop.stopped'),
      ],
      'start > loop',
      'loop.body > ask',
      'ask.approved > loop',
      'loop.done > out',
    );
    let host = new MemoryRunHost();
    expect(await run(document, {}, host)).toEqual({ status: 'waiting' });
    const answers = { 'loop/0/ask': { decision: 'approved' }, 'loop/1/ask': { decision: 'rejected' } };
    await host.commit();
    host = host.resume({ answers });
    expect(await run(document, {}, host)).toEqual({ status: 'succeeded', output: 'break' });
  });

  it('of many iterations keeps the rest of the process alive and few steps uncommitted', async () => {
    const document = graph(
      [
        node('loop', 'loop', { maxIterations: 1_000 }),
        transform('a', '1'),
        transform('b', 'steps.a + 1'),
        output('steps.loop'),
      ],
      'start > loop',
      'loop.body > a > b',
      'loop.done > out',
    );
    const host = new MemoryRunHost();
    expect(await run(document, {}, host)).toMatchObject({ output: { iterations: 1_000, stopped: 'limit' } });
    expect(host.commitCount).toBeGreaterThanOrEqual(10);
  });
});
