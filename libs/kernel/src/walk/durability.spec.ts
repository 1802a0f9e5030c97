import type { Graph } from '../graph.js';
import { tick } from '../testing/custom-kinds.js';
import { edges, FakeStepServices, graph, MemoryRunHost, node } from '../testing/index.js';
import { runGraph } from '../testing/run-graph.js';

describe('durability', () => {
  it('commits everything before an effectful step starts, and its result before the next one', async () => {
    const host: MemoryRunHost = new MemoryRunHost({
      services: new FakeStepServices({
        http: ({ url }) => {
          seen.push([url, host.commitCount, [...committedSteps(host)]]);
          return {};
        },
      }),
    });
    const seen: unknown[] = [];
    const document = graph(
      [
        node('one', 'transform', { expression: '1' }),
        node('a', 'http', { method: 'GET', url: 'https://a.example/' }),
        node('two', 'transform', { expression: '2' }),
        node('b', 'http', { method: 'GET', url: 'https://b.example/' }),
        node('out', 'output', { expression: '"ok"' }),
      ],
      'start > one > a > two > b > out',
    );
    expect(await runGraph(document, {}, host)).toEqual({ status: 'succeeded', output: 'ok' });
    expect(seen).toEqual([
      ['https://a.example/', 1, ['start', 'one']],
      ['https://b.example/', 2, ['start', 'one', 'a', 'two']],
    ]);
  });

  it('commits the result of one branch without waiting for another', async () => {
    const services = new FakeStepServices({
      http: async ({ url }) => {
        await tick(url.includes('slow') ? 40 : 1);
        return {};
      },
    });
    const host = new MemoryRunHost({ services });
    const document = graph(
      [
        node('slow', 'http', { method: 'GET', url: 'https://slow.example/' }),
        node('fast', 'http', { method: 'GET', url: 'https://fast.example/' }),
        node('out', 'output'),
      ],
      'start > slow > out',
      'start > fast > out',
    );
    const outcome = runGraph(document, {}, host);
    await tick(20);
    expect(committedSteps(host)).toEqual(['start', 'fast']);
    await outcome;
  });

  it('ends as lost when a commit is refused', async () => {
    const host = new MemoryRunHost({ crashAtCommit: 1 });
    const document = graph(
      [node('a', 'http', { method: 'GET', url: 'https://a.example/' }), node('out', 'output')],
      'start > a > out',
    );
    expect(await runGraph(document, {}, host)).toMatchObject({ status: 'failed', error: { code: 'run.lost' } });
  });

  it('resumes after a crash at any commit with the same result and without repeating a finished step', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const document: Graph = {
      nodes: [
        node('start', 'start'),
        ...names.map((id, index) =>
          index % 2 === 0
            ? node(id, 'http', { method: 'GET', url: `https://${id}.example/{{ input.n }}` })
            : node(id, 'llm', { model: 'simulated/offline', prompt: `${id} {{ input.n }}` }),
        ),
        node('if', 'condition', { expression: 'steps.a.body.ok' }),
        node('left', 'transform', { expression: 'steps.b.text & "/" & $string(steps.c.status)' }),
        node('right', 'http', { method: 'GET', url: 'https://never.example/' }),
        node('out', 'output', { expression: '[steps.left, steps.d.text, steps.e.status]' }),
      ],
      edges: edges('start > a > b > c > if', 'if.true > left > d', 'if.false > right > d', 'd > e > out', 'a > out'),
    };
    const undisturbed = await runGraph(document, { n: 7 }, new MemoryRunHost());
    expect(undisturbed).toMatchObject({ status: 'succeeded' });

    for (let crashAtCommit = 1; ; crashAtCommit++) {
      const services = new FakeStepServices();
      const first = new MemoryRunHost({ services, crashAtCommit });
      const outcome = await runGraph(document, { n: 7 }, first);
      if (outcome.status === 'succeeded') break;
      const finished = new Set(committedSteps(first));
      const callsBefore = services.httpCalls.length + services.generateCalls.length;
      const second = first.resume();
      expect(await runGraph(document, { n: 7 }, second)).toEqual(undisturbed);
      expect(second.idsOf('step-start').filter((id) => finished.has(id))).toEqual([]);
      const keys = [...services.httpCalls, ...services.generateCalls].map(({ idempotencyKey }) => idempotencyKey);
      const repeated = keys.filter((key, index) => keys.indexOf(key) < index);
      expect(repeated.length).toBeLessThanOrEqual(1);
      expect(keys.length - callsBefore).toBe(5 - [...finished].filter((id) => names.includes(id)).length);
      expect(crashAtCommit).toBeLessThan(20);
    }
  });

  it('follows recorded ports, failures included, when it resumes', async () => {
    const services = new FakeStepServices({ http: ({ url }) => (url.includes('bad') ? { status: 400 } : {}) });
    const document = graph(
      [
        node('bad', 'http', { method: 'GET', url: 'https://bad.example/' }),
        node('rescue', 'http', { method: 'GET', url: 'https://good.example/' }),
        node('out', 'output', { expression: 'steps.bad.error.code' }),
      ],
      'start > bad > out',
      'bad.error > rescue > out',
    );
    const first = new MemoryRunHost({ services, crashAtCommit: 3 });
    await runGraph(document, {}, first);
    const calls = services.httpCalls.length;
    const second = first.resume();
    expect(await runGraph(document, {}, second)).toEqual({ status: 'succeeded', output: 'http.status' });
    expect(services.httpCalls.slice(calls).map(({ request }) => request.url)).not.toContain('https://bad.example/');
  });

  it('fails again with the recorded failure when it resumes after one', async () => {
    const services = new FakeStepServices({ http: () => ({ status: 400 }) });
    const document = graph(
      [node('bad', 'http', { method: 'GET', url: 'https://bad.example/' }), node('out', 'output')],
      'start > bad > out',
    );
    const first = new MemoryRunHost({ services });
    const outcome = await runGraph(document, {}, first);
    await first.commit();
    expect(await runGraph(document, {}, first.resume())).toEqual(outcome);
    expect(services.httpCalls).toHaveLength(1);
  });
});

function committedSteps(host: MemoryRunHost): string[] {
  return host.steps.map(({ path }) => path).filter((path) => host.recorded(path) !== undefined);
}
