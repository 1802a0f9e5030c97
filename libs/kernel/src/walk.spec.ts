import type { Graph } from './graph.js';
import { tick } from './testing/custom-kinds.js';
import { FakeStepServices, graph, MemoryRunHost, node, SOME_USAGE, summariseGraph } from './testing/index.js';
import { runGraph } from './testing/run-graph.js';

describe('walk', () => {
  it('runs the example of the API contract both ways', async () => {
    const short = await runGraph(summariseGraph(), { text: 'short' }, new MemoryRunHost());
    expect(short).toEqual({ status: 'succeeded', output: { text: 'short' } });

    const host = new MemoryRunHost();
    const long = await runGraph(summariseGraph(), { text: 'x'.repeat(300) }, host);
    expect(long).toEqual({ status: 'succeeded', output: { text: `echo: Summarise: ${'x'.repeat(300)}` } });
    expect(host.idsOf('step-end')).toEqual(['start', 'size', 'long', 'sum', 'out']);
    expect(host.deltas).toHaveLength(1);
  });

  it('tells of every step what the contract says', async () => {
    const host = new MemoryRunHost();
    await runGraph(summariseGraph(), { text: 'x'.repeat(300) }, host);
    expect(host.events.filter(({ stepId }) => stepId === 'sum')).toEqual([
      { type: 'step-start', stepId: 'sum', data: { kind: 'llm', try: 1 } },
      {
        type: 'step-end',
        stepId: 'sum',
        data: {
          status: 'succeeded',
          port: 'out',
          tries: 1,
          output: expect.objectContaining({ model: 'simulated/offline', simulated: true }),
          usage: SOME_USAGE,
          simulated: true,
        },
      },
    ]);
    expect(host.steps.find(({ path }) => path === 'sum')).toMatchObject({
      nodeId: 'sum',
      kind: 'llm',
      status: 'succeeded',
      input: { model: 'simulated/offline', prompt: `Summarise: ${'x'.repeat(300)}` },
      usage: SOME_USAGE,
      tries: 1,
    });
  });

  describe('joins', () => {
    const diamond = (condition: string): Graph =>
      graph(
        [
          node('if', 'condition', { expression: condition }),
          node('yes', 'transform', { expression: '"yes"' }),
          node('yes2', 'transform', { expression: 'steps.yes & "!"' }),
          node('no', 'transform', { expression: '"no"' }),
          node('join', 'transform', { expression: '[steps.yes2, steps.no]' }),
          node('out', 'output', { expression: 'steps.join' }),
        ],
        'start > if',
        'if.true > yes > yes2 > join',
        'if.false > no > join > out',
      );

    it('runs a join once, after the one branch that is alive', async () => {
      const host = new MemoryRunHost();
      expect(await runGraph(diamond('input = 1'), 1, host)).toEqual({ status: 'succeeded', output: ['yes!'] });
      expect(host.idsOf('step-end')).toEqual(['start', 'if', 'yes', 'yes2', 'join', 'out']);
      expect(await runGraph(diamond('input = 1'), 2, new MemoryRunHost())).toEqual({
        status: 'succeeded',
        output: ['no'],
      });
    });

    it('waits for every branch that can still come', async () => {
      const services = new FakeStepServices({
        http: async ({ url }) => {
          await tick(url.includes('slow') ? 30 : 1);
          return { body: url };
        },
      });
      const host = new MemoryRunHost({ services });
      const document = graph(
        [
          node('slow', 'http', { method: 'GET', url: 'https://slow.example/' }),
          node('fast', 'http', { method: 'GET', url: 'https://fast.example/' }),
          node('out', 'output', { expression: '[steps.slow.body, steps.fast.body]' }),
        ],
        'start > slow > out',
        'start > fast > out',
      );
      const startedAt = Date.now();
      expect(await runGraph(document, {}, host)).toEqual({
        status: 'succeeded',
        output: ['https://slow.example/', 'https://fast.example/'],
      });
      expect(host.idsOf('step-end')).toEqual(['start', 'fast', 'slow', 'out']);
      expect(Date.now() - startedAt).toBeLessThan(200);
    });

    it('follows an edge twice where both ports of a condition lead to one node', async () => {
      const document = graph(
        [node('if', 'condition', { expression: 'input' }), node('out', 'output', { expression: '"here"' })],
        'start > if',
        'if.true > out',
        'if.false > out',
      );
      const host = new MemoryRunHost();
      expect(await runGraph(document, true, host)).toEqual({ status: 'succeeded', output: 'here' });
      expect(host.idsOf('step-start')).toEqual(['start', 'if', 'out']);
    });

    it('lets whole regions die without running anything in them', async () => {
      const chain = Array.from({ length: 1_000 }, (_, index) => node(`n${index}`, 'transform', { expression: '1' }));
      const document = graph(
        [node('if', 'condition', { expression: 'input' }), ...chain, node('out', 'output', { expression: '"done"' })],
        'start > if',
        ['if.true', ...chain.map(({ id }) => id), 'out'].join(' > '),
        'if.false > out',
      );
      const host = new MemoryRunHost();
      expect(await runGraph(document, false, host)).toEqual({ status: 'succeeded', output: 'done' });
      expect(host.steps).toHaveLength(3);
    });
  });

  describe('outputs', () => {
    it('gives the output that comes first in the graph when several have run', async () => {
      const document = graph(
        [node('second', 'output', { expression: '"b"' }), node('first', 'output', { expression: '"a"' })],
        'start > first',
        'start > second',
      );
      expect(await runGraph(document, {}, new MemoryRunHost())).toEqual({ status: 'succeeded', output: 'b' });
    });

    it('gives the output that has run when only one has', async () => {
      const document = graph(
        [
          node('if', 'condition', { expression: 'input' }),
          node('a', 'output', { expression: '"a"' }),
          node('b', 'output', { expression: '"b"' }),
        ],
        'start > if',
        'if.true > a',
        'if.false > b',
      );
      expect(await runGraph(document, false, new MemoryRunHost())).toEqual({ status: 'succeeded', output: 'b' });
    });

    it('gives null when the way ended before any output', async () => {
      const document = graph(
        [node('if', 'condition', { expression: 'input' }), node('a', 'output', { expression: '"a"' })],
        'start > if',
        'if.true > a',
      );
      expect(await runGraph(document, false, new MemoryRunHost())).toEqual({ status: 'succeeded', output: null });
    });

    it('gives the outputs of all steps when the output has no expression', async () => {
      const document = graph(
        [node('one', 'transform', { expression: '1' }), node('out', 'output')],
        'start > one > out',
      );
      expect(await runGraph(document, { a: 1 }, new MemoryRunHost())).toEqual({
        status: 'succeeded',
        output: { start: { a: 1 }, one: 1 },
      });
    });
  });

  describe('what expressions see', () => {
    it('is the input, earlier steps and variables', async () => {
      const document = graph(
        [node('out', 'output', { expression: 'vars.region & input.x & steps.start.x' })],
        'start > out',
      );
      const host = new MemoryRunHost({ vars: { region: 'eu' } });
      expect(await runGraph(document, { x: 1 }, host)).toEqual({ status: 'succeeded', output: 'eu11' });
    });

    it('has null where a step had nothing to give, as it would after a restart', async () => {
      const document = graph(
        [
          node('none', 'transform', { expression: 'input.missing' }),
          node('out', 'output', { expression: '$exists(steps.none)' }),
        ],
        'start > none > out',
      );
      expect(await runGraph(document, {}, new MemoryRunHost())).toEqual({ status: 'succeeded', output: true });
    });
  });
});
