import { NodeKindRegistry } from '../node-kind-registry.js';
import type { Problem } from '../problem.js';
import { graph, node } from '../testing/index.js';
import { longestTurnMs } from '../testing/longest-turn.js';
import { loop, output, problemsOf, transform } from '../testing/validated-graph.js';
import { validateGraphInTurns } from './validate-graph.js';

describe('a hostile document', () => {
  // The first check of a process also pays for what is made once: schemas, and code that is not compiled yet.
  beforeAll(
    () => void problemsOf(graph([loop('l'), transform('a'), output], 'start > l', 'l.body > a', 'l.done > out')),
  );

  const count = 1_998;
  const ids = Array.from({ length: count }, (_, index) => `n${index}`);
  const way = ['start', ...ids, 'out'].join(' > ');
  const nodes = (make: (index: number) => unknown) => [
    ...ids.map((id, index) => node(id, 'transform', { expression: make(index) })),
    output,
  ];
  const extra = (from: (index: number) => number, to: (index: number) => number) =>
    Array.from({ length: 8_000 }, (_, index) => ({ from: `n${from(index) % count}`, to: `n${to(index) % count}` }));
  const withEdges = (more: object[], make: (index: number) => unknown = () => '1') => {
    const document = graph(nodes(make), way);
    return { nodes: document.nodes, edges: [...document.edges, ...more] };
  };

  it.each([
    [
      'dense cycles',
      withEdges(
        extra(
          (index) => index * 7,
          (index) => index * 13 + 1,
        ),
      ),
    ],
    [
      'a thousand edges back',
      withEdges(
        extra(
          (index) => count - 1 - (index % 900),
          (index) => index % 700,
        ),
      ),
    ],
    [
      'many references',
      withEdges(
        [],
        (index) => `[${Array.from({ length: 20 }, (_, back) => `steps.n${Math.max(0, index - 1 - back)}`).join()}]`,
      ),
    ],
    [
      'two thousand loops that cross one another',
      {
        nodes: [node('start', 'start'), ...ids.map((id) => loop(id)), output],
        edges: [
          ...extra(
            (index) => index,
            (index) => index * 31 + 5,
          ).map((edge, index) => ({ ...edge, port: index % 2 ? 'body' : 'done' })),
          { from: 'start', to: 'n0' },
        ],
      },
    ],
    [
      'a hundred loops that cross one another',
      {
        nodes: [
          node('start', 'start'),
          ...ids.map((id, index) => (index % 20 === 0 ? loop(id) : transform(id))),
          output,
        ],
        edges: [
          ...extra(
            (index) => index,
            (index) => index * 31 + 5,
          ).map((edge, index) => ({
            ...edge,
            ...((index % count) % 20 === 0 && { port: index % 3 ? 'body' : 'done' }),
          })),
          { from: 'start', to: 'n0' },
        ],
      },
    ],
    [
      'two thousand schemas',
      {
        nodes: ids.map((id) =>
          node(id, 'llm', {
            model: 'a/b',
            prompt: id,
            schema: { type: 'object', properties: { [id]: { type: 'string' } } },
          }),
        ),
        edges: [],
      },
    ],
  ])('with %s lets others have their turn while it is checked', async (_title, document) => {
    let problems: readonly Problem[] = [];
    const longestMs = await longestTurnMs(async () => {
      ({ problems } = await validateGraphInTurns(document, new NodeKindRegistry()));
    });
    expect(problems.length).toBeLessThanOrEqual(200);
    expect(problems).toEqual(problemsOf(document));
    // The product's bound is 200 ms; the compiler of the tests' own first run is in this too.
    expect(longestMs).toBeLessThan(400);
  });
});
