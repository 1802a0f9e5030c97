import { NodeKindRegistry } from '../node-kind-registry.js';
import type { Problem } from '../problem.js';
import { graph, node } from '../testing/index.js';
import { longestTurnMs } from '../testing/longest-turn.js';
import { validateGraph, validateGraphInTurns } from './validate-graph.js';

const registry = new NodeKindRegistry();

function problemsOf(document: unknown): readonly Problem[] {
  return validateGraph(document, registry).problems;
}

const output = node('out', 'output', { expression: '1' });
const loop = (id: string, config: object = {}) => node(id, 'loop', { maxIterations: 5, ...config });
const transform = (id: string, expression = '1') => node(id, 'transform', { expression });
const map = (inner: object) => node('map', 'map', { items: 'input', node: inner });
const mapGraph = (inner: object) => graph([transform('a'), map(inner), output], 'start > a > map > out');

describe('a graph with loops is valid', () => {
  it.each([
    ['edges lead back', graph([loop('l'), transform('a'), output], 'start > l', 'l.body > a > l', 'l.done > out')],
    ['no edge leads back', graph([loop('l'), transform('a'), output], 'start > l', 'l.body > a', 'l.done > out')],
    [
      'one stands in another',
      graph(
        [loop('l'), loop('m'), transform('a'), output],
        'start > l',
        'l.body > m',
        'm.body > a > m',
        'm.done > l',
        'l.done > out',
      ),
    ],
    [
      'one follows another',
      graph(
        [loop('l'), transform('a'), loop('m'), transform('b'), output],
        'start > l',
        'l.body > a > l',
        'l.done > m',
        'm.body > b',
        'm.done > out',
      ),
    ],
  ])('when %s', (_title, document) => {
    expect(problemsOf(document)).toEqual([]);
  });
});

describe('a graph with loops is refused with place and remedy when', () => {
  it.each([
    [
      'an edge leads into a body from outside',
      graph(
        [loop('l'), transform('a'), transform('b'), output],
        'start > l',
        'start > b > a',
        'l.body > a',
        'l.done > out',
      ),
      { pointer: '/edges/2', code: 'graph.edge_into_loop_body', nodeId: 'a' },
      /from “b” to “a” leads into the body of the loop “l”/,
    ],
    [
      'a node is reached in a body and after it',
      graph(
        [loop('l'), transform('a'), transform('b'), output],
        'start > l',
        'l.body > a > b',
        'l.done > b',
        'l.done > out',
      ),
      { pointer: '/edges/3', code: 'graph.node_in_and_after_loop', nodeId: 'b' },
      /remove the edge from “a” to “b”/,
    ],
    [
      'an output stands in a body',
      graph([loop('l'), transform('a'), output], 'start > l', 'l.body > a > out'),
      { pointer: '/nodes/3', code: 'graph.output_in_loop', nodeId: 'out' },
      /from the port “done” of “l”/,
    ],
    [
      'a loop has no body',
      graph([loop('l'), output], 'start > l', 'l.done > out'),
      { pointer: '/nodes/1', code: 'graph.loop_without_body', nodeId: 'l' },
      /connect its port “body”/,
    ],
    [
      'an edge leads from an inner body to the outer loop',
      graph(
        [loop('l'), loop('m'), transform('a'), output],
        'start > l',
        'l.body > m',
        'm.body > a > l',
        'l.done > out',
      ),
      { pointer: '/edges/3', code: 'graph.edge_out_of_loop', nodeId: 'a' },
      /lead it back to “m”/,
    ],
    [
      'a body goes round in a circle without a loop',
      graph([loop('l'), transform('a'), transform('b'), output], 'start > l', 'l.body > a > b > a', 'l.done > out'),
      { code: 'graph.cycle' },
      /“a” → “b” → “a”.*repeat them with a node of kind “loop”/,
    ],
    [
      'loops stand too deep in one another',
      graph(
        [...['l1', 'l2', 'l3', 'l4', 'l5'].map((id) => loop(id)), transform('a'), output],
        'start > l1',
        ...['l1.body > l2', 'l2.body > l3', 'l3.body > l4', 'l4.body > l5', 'l5.body > a', 'l1.done > out'],
      ),
      { pointer: '/nodes/5', code: 'graph.loops_too_deep', nodeId: 'l5' },
      /at most 4/,
    ],
    [
      'a loop has a list and a condition',
      graph(
        [loop('l', { items: 'input', while: 'true' }), transform('a'), output],
        'start > l',
        'l.body > a',
        'l.done > out',
      ),
      { pointer: '/nodes/1/config/while', code: 'loop.one_of', nodeId: 'l' },
      /remove one/,
    ],
    [
      'a loop never ends',
      graph([loop('l', { maxIterations: 1_001 }), transform('a'), output], 'start > l', 'l.body > a', 'l.done > out'),
      { pointer: '/nodes/1/config/maxIterations', code: 'graph.invalid_field' },
      /at most 1000/,
    ],
  ])('%s', (_title, document, expected, message) => {
    const problem = problemsOf(document).find(({ code }) => code === expected.code);
    expect(problem).toMatchObject(expected);
    expect(problem?.message).toMatch(message);
  });
});

describe('in a loop', () => {
  /** start > before > l, body a > b with c beside b, done > after > out */
  const using = (id: string, stepId: string, config: object = {}) =>
    problemsOf(
      graph(
        [
          ...['before', 'a', 'b', 'c', 'after'].map((each) => transform(each, each === id ? `steps.${stepId}` : '1')),
          loop('l', id === 'l' ? config : {}),
          output,
        ],
        'start > before > l',
        'l.body > a > b > l',
        'a > c',
        'l.done > after > out',
      ),
    );

  it.each([
    ['a', 'before'],
    ['a', 'l'],
    ['b', 'a'],
    ['a', 'b'],
    ['a', 'a'],
    ['after', 'b'],
    ['after', 'c'],
    ['after', 'l'],
  ])('%s may use steps.%s', (id, stepId) => {
    expect(using(id, stepId)).toEqual([]);
  });

  it.each([
    ['b', 'c'],
    ['c', 'b'],
    ['before', 'a'],
    ['before', 'l'],
    ['a', 'after'],
    ['l', 'after'],
    ['after', 'after'],
  ])('%s may not use steps.%s', (id, stepId) => {
    const problems = id === 'l' ? using('l', '', { while: `steps.${stepId}` }) : using(id, stepId);
    expect(problems).toMatchObject([{ code: 'graph.step_not_before', nodeId: id }]);
  });

  it('the condition may use the body, and the list may not', () => {
    expect(using('l', '', { while: 'steps.b' })).toEqual([]);
    expect(using('l', '', { items: 'steps.b' })).toMatchObject([
      { pointer: '/nodes/6/config/items', code: 'graph.step_not_before' },
    ]);
  });
});

describe('an inner node is refused with its place when', () => {
  const at = '/nodes/2/config/node';

  it.each([
    [
      'its kind does not exist',
      { kind: 'transfrom', config: {} },
      `${at}/kind`,
      'graph.unknown_kind',
      /did you mean “transform”/,
    ],
    [
      'a field is missing',
      { kind: 'transform', config: {} },
      `${at}/config/expression`,
      'graph.missing_field',
      /is missing/,
    ],
    [
      'a field is unknown',
      { kind: 'transform', config: { expression: '1', x: 1 } },
      `${at}/config/x`,
      'graph.unknown_field',
      /remove/,
    ],
    [
      'it does not parse',
      { kind: 'transform', config: { expression: '1 +' } },
      `${at}/config/expression`,
      'expression.syntax',
      /does not parse/,
    ],
    [
      'it uses no step',
      { kind: 'transform', config: { expression: 'steps.b' } },
      `${at}/config/expression`,
      'graph.unknown_step',
      /no node has this id/,
    ],
    [
      'it uses a later step',
      { kind: 'transform', config: { expression: 'steps.out' } },
      `${at}/config/expression`,
      'graph.step_not_before',
      /no way leads/,
    ],
    [
      'its own check fails',
      { kind: 'http', config: { method: 'GET', url: 'x', body: 'x' } },
      `${at}/config/body`,
      'http.body_not_allowed',
      /has no body/,
    ],
    [
      'its retries are too many',
      { kind: 'transform', config: { expression: '1' }, retry: { maxAttempts: 99 } },
      `${at}/retry/maxAttempts`,
      'graph.invalid_field',
      /at most 20/,
    ],
    [
      'it is a loop',
      { kind: 'loop', config: { maxIterations: 1 } },
      `${at}/kind`,
      'graph.kind_not_inner',
      /nothing without edges/,
    ],
  ])('%s', (_title, inner, pointer, code, message) => {
    const problems = problemsOf(mapGraph(inner)).filter(
      (problem) => !problem.pointer.endsWith('node') || problem.code === code,
    );
    expect(problems[0]).toMatchObject({ pointer: pointer.replace(`${at}/retry`, '/nodes/2/config/node/retry'), code });
    expect(problems[0]?.message).toMatch(message);
  });

  it.each(['start', 'output', 'loop', 'parallel', 'join', 'condition', 'switch'])('it is a %s', (kind) => {
    expect(problemsOf(mapGraph({ kind, config: {} }))).toMatchObject([
      { pointer: `${at}/kind`, code: 'graph.kind_not_inner' },
    ]);
  });

  it('it stands deeper than in a map in a map', () => {
    const inMap = (inner: object) => ({ kind: 'map', config: { items: 'vars.item', node: inner } });
    const leaf = { kind: 'transform', config: { expression: 'steps.a' } };
    expect(problemsOf(mapGraph(inMap(leaf)))).toEqual([]);
    expect(problemsOf(mapGraph(inMap(inMap(leaf))))).toMatchObject([
      { pointer: `${at}/config/node/config/node`, code: 'graph.inner_too_deep', nodeId: 'map' },
    ]);
  });
});

describe('a retry policy', () => {
  const withRetry = (retry: object) =>
    problemsOf(
      graph(
        [node('a', 'transform', { expression: '1' }, { retry: { maxAttempts: 2, ...retry } }), output],
        'start > a > out',
      ),
    );

  it('may say which errors are tried again', () => {
    expect(withRetry({ on: ['http.status', 'provider.', 'step'] })).toEqual([]);
  });

  it.each([
    [[]],
    [['']],
    [['Http']],
    [['a..b']],
    [['.a']],
    ['http'],
    [Array.from({ length: 21 }, () => 'a')],
    [['x'.repeat(101)]],
  ])('is refused with %j', (on) => {
    expect(withRetry({ on })[0]?.pointer).toMatch(/^\/nodes\/1\/retry\/on/);
  });
});

describe('a hostile document', () => {
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
      ({ problems } = await validateGraphInTurns(document, registry));
    });
    expect(problems.length).toBeLessThanOrEqual(200);
    expect(problems).toEqual(problemsOf(document));
    // The product's bound is 200 ms; the compiler of the tests' own first run is in this too.
    expect(longestMs).toBeLessThan(400);
  });
});
