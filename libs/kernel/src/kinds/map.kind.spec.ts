import { NodeKindRegistry } from '../node-kind-registry.js';
import type { GraphNode } from '../graph.js';
import { compilePlan } from '../plan.js';
import type { RunOutcome } from '../run-host.js';
import { tick } from '../testing/custom-kinds.js';
import { FakeStepServices, graph, MemoryRunHost, node } from '../testing/index.js';
import { walk } from '../walk.js';
import { mapKind } from './map.kind.js';

const AGENT = '018f0000-0000-7000-8000-000000000001';
const get = { kind: 'http', config: { method: 'GET', url: 'https://x.example/{{ vars.item }}' } };
const square = { kind: 'transform', config: { expression: 'vars.item * vars.item + vars.index' } };

function run(
  config: object,
  input: unknown,
  host = new MemoryRunHost(),
  rest: Partial<GraphNode> = {},
): Promise<RunOutcome> {
  const map = node('map', 'map', { items: 'input', ...config }, rest);
  const document = graph([map, node('out', 'output', { expression: 'steps.map' })], 'start > map > out');
  return walk(compilePlan(document, new NodeKindRegistry()), input, host);
}

describe('the map kind', () => {
  it('does the same with each item, which it sees as vars.item and vars.index, and keeps their order', async () => {
    const services = new FakeStepServices({
      http: async ({ url }) => {
        const name = url.slice(18);
        await tick(70 - 20 * Number(name));
        return { body: name };
      },
    });
    const host = new MemoryRunHost({ services });
    const outcome = await run({ node: get }, [1, 2, 3], host);
    expect(outcome).toMatchObject({ output: [{ body: '1' }, { body: '2' }, { body: '3' }] });
    expect(host.idsOf('step-end')).toEqual(['start', 'map/2', 'map/1', 'map/0', 'map', 'out']);
    expect(await run({ node: square }, [3, 4])).toEqual({ status: 'succeeded', output: [9, 17] });
  });

  it.each([
    [undefined, []],
    [[], []],
    [5, [25]],
  ])('takes %j for the list that it means', async (input, output) => {
    expect(await run({ node: square }, input)).toEqual({ status: 'succeeded', output });
  });

  it.each([
    [undefined, 5],
    [3, 3],
  ])('with concurrency %s works on %d at once', async (concurrency, most) => {
    let busy = 0;
    let seen = 0;
    const services = new FakeStepServices({
      http: async () => {
        seen = Math.max(seen, ++busy);
        await tick(2);
        busy--;
        return {};
      },
    });
    await run(
      { node: get, concurrency },
      Array.from({ length: 20 }, (_, index) => index),
      new MemoryRunHost({ services }),
    );
    expect(seen).toBe(most);
  });

  const odd = () =>
    new FakeStepServices({ http: ({ url }) => ({ status: url.endsWith('2') ? 404 : 200, body: url.slice(18) }) });

  it('fails with the item that fails and stops the others', async () => {
    const services = odd();
    const outcome = await run({ node: get, concurrency: 1 }, [1, 2, 3], new MemoryRunHost({ services }));
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { code: 'http.status', message: 'Item 1: GET x.example answered with status 404.', stepId: 'map' },
    });
    expect(services.httpCalls).toHaveLength(2);
  });

  it('keeps the error of an item in its place when told so', async () => {
    const outcome = await run({ node: get, onError: 'keep' }, [1, 2, 3], new MemoryRunHost({ services: odd() }));
    expect(outcome).toMatchObject({
      output: [{ body: '1' }, { error: { code: 'http.status' } }, { body: '3' }],
    });
  });

  it('tries an item again by the inner node’s policy, and all that failed by its own', async () => {
    const failingTwice = () =>
      new FakeStepServices({ http: (_request, _call, time) => (time < 3 ? { status: 503 } : {}) });
    const inner = { ...get, retry: { maxAttempts: 3, backoffMs: 0 } };
    expect(await run({ node: inner }, [1], new MemoryRunHost({ services: failingTwice() }))).toMatchObject({
      status: 'succeeded',
    });
    const host = new MemoryRunHost({ services: failingTwice() });
    expect(
      await run({ node: get, concurrency: 1 }, [1], host, { retry: { maxAttempts: 3, backoffMs: 0 } }),
    ).toMatchObject({
      status: 'succeeded',
    });
    expect(host.steps.map(({ path }) => path)).toEqual(['start', 'map/0', 'map/0~2', 'map/0~3', 'map', 'out']);
  });

  it('runs an agent for each item, as many at once as may be, without keeping a worker', async () => {
    const config = { agentId: AGENT, version: 2, concurrency: 2 };
    let host = new MemoryRunHost();
    expect(await run(config, ['a', 'b', 'c'], host)).toEqual({ status: 'waiting' });
    expect([...host.waits]).toMatchObject([
      ['map/0 run', { kind: 'run', run: { agentId: AGENT, version: 2, input: 'a' } }],
      ['map/1 run', { kind: 'run', run: { input: 'b' } }],
    ]);
    await host.commit();
    const done = (data: unknown) => ({ decision: 'succeeded', data });
    host = host.resume({ answers: { 'map/0 run': done(1), 'map/1 run': done(2) } });
    expect(await run(config, ['a', 'b', 'c'], host)).toEqual({ status: 'waiting' });
    expect([...host.waits.keys()]).toEqual(['map/2 run']);
    await host.commit();
    host = host.resume({ answers: { 'map/2 run': done(3) } });
    expect(await run(config, ['a', 'b', 'c'], host)).toEqual({ status: 'succeeded', output: [1, 2, 3] });
  });

  it('stands in a map', async () => {
    const inner = { kind: 'map', config: { items: 'vars.item', node: square } };
    const host = new MemoryRunHost();
    expect(await run({ node: inner }, [[1, 2], [3]], host)).toEqual({ status: 'succeeded', output: [[1, 5], [9]] });
    expect(host.idsOf('step-end')).toContain('map/0/1');
  });

  it('does not repeat finished items after a crash at any commit', async () => {
    for (let crashAtCommit = 1; crashAtCommit <= 5; crashAtCommit++) {
      const services = new FakeStepServices({ http: ({ url }) => ({ body: url.slice(18) }) });
      const first = new MemoryRunHost({ services, crashAtCommit });
      await run({ node: get, concurrency: 2 }, [1, 2, 3, 4], first);
      const finished = [0, 1, 2, 3].filter((index) => first.recorded(`map/${index}`));
      const calls = services.httpCalls.length;
      const outcome = await run({ node: get, concurrency: 2 }, [1, 2, 3, 4], first.resume());
      expect(outcome).toMatchObject({ output: ['1', '2', '3', '4'].map((body) => ({ body })) });
      expect(services.httpCalls.length - calls).toBe(first.recorded('map') ? 0 : 4 - finished.length);
    }
  });

  it('works on 10,000 items in little time and refuses more', async () => {
    const items = Array.from({ length: 10_000 }, (_, index) => index);
    const host = new MemoryRunHost({ limits: { maxSteps: 20_000 } });
    const outcome = await run(
      { node: { kind: 'transform', config: { expression: 'vars.index' } }, concurrency: 50 },
      items,
      host,
    );
    expect(outcome).toEqual({ status: 'succeeded', output: items });
    expect(await run({ node: square }, [...items, 1])).toMatchObject({ error: { code: 'map.too_many_items' } });
  });

  it('stops, and says so, when its results weigh more than an output may', async () => {
    const big = { kind: 'transform', config: { expression: '$pad("", 400)' } };
    const host = new MemoryRunHost({ limits: { maxOutputBytes: 1_000 } });
    const outcome = await run({ node: big, concurrency: 1 }, [1, 2, 3, 4, 5], host);
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'map.output_too_large', stepId: 'map' } });
    expect(host.idsOf('step-end')).not.toContain('map/3');
  });

  it('refuses a configuration with no or two things to do', () => {
    expect(mapKind.check?.({ items: 'input' })).toMatchObject([{ pointer: '/config/node', code: 'map.one_of' }]);
    expect(mapKind.check?.({ items: 'input', node: square, agentId: AGENT })).toMatchObject([
      { pointer: '/config/agentId' },
    ]);
    expect(mapKind.check?.({ items: 'input', node: square, version: 1 })).toMatchObject([
      { pointer: '/config/version' },
    ]);
    expect(mapKind.configSchema.safeParse({ items: 'input', node: square, concurrency: 51 }).success).toBe(false);
  });
});
