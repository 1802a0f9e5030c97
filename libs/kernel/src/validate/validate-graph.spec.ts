import { NodeKindRegistry } from '../node-kind-registry.js';
import type { Problem } from '../problem.js';
import { edges, graph, node, summariseGraph } from '../testing/index.js';
import { validateGraph } from './validate-graph.js';

const registry = new NodeKindRegistry();

function problemsOf(document: unknown): readonly Problem[] {
  return validateGraph(document, registry).problems;
}

const output = node('out', 'output', { expression: 'input' });
const transform = (id: string, expression: unknown = '1') => node(id, 'transform', { expression });

describe('a graph is validated', () => {
  it('and comes back, with its configuration as it was read, when nothing is wrong', () => {
    const { graph: valid, problems } = validateGraph(summariseGraph(), registry);
    expect(problems).toEqual([]);
    expect(valid).toEqual(summariseGraph());
  });

  it.each<[string, unknown, Partial<Problem>, RegExp]>([
    ['is a list', [], { pointer: '', code: 'graph.not_an_object' }, /lists “nodes” and “edges”/],
    ['has no nodes', { edges: [] }, { pointer: '/nodes', code: 'graph.missing_field' }, /add one/],
    ['has no edges', { nodes: [] }, { pointer: '/edges', code: 'graph.missing_field' }, /add one/],
    [
      'has a field too many',
      { ...graph([output], 'start > out'), 'ver/sion': 1 },
      { pointer: '/ver~1sion', code: 'graph.unknown_field' },
      /remove it/,
    ],
    [
      'has 2,001 nodes',
      graph(Array.from({ length: 2_000 }, (_, index) => transform(`n${index}`))),
      { pointer: '/nodes', code: 'graph.too_many_nodes' },
      /at most 2000 are allowed: split/,
    ],
    [
      'has 10,001 edges',
      { nodes: [], edges: Array.from({ length: 10_001 }, () => ({ from: 'a', to: 'b' })) },
      { pointer: '/edges', code: 'graph.too_many_edges' },
      /at most 10000 are allowed/,
    ],
    [
      'nests deeper than any sensible document',
      graph([
        node('deep', 'transform', JSON.parse(`${'{"a":'.repeat(90)}1${'}'.repeat(90)}`) as Record<string, unknown>),
      ]),
      { pointer: '', code: 'graph.too_large' },
      /deeper than 60 levels/,
    ],
    [
      'has no start',
      { nodes: [output], edges: [] },
      { pointer: '/nodes', code: 'graph.no_start' },
      /add a node of kind “start”/,
    ],
    [
      'has two starts',
      graph([node('start', 'start'), node('again', 'start'), output], 'start > out', 'again > out'),
      { pointer: '/nodes/1', code: 'graph.several_starts', nodeId: 'again' },
      /remove one/,
    ],
    [
      'has no output',
      graph([transform('a')], 'start > a'),
      { pointer: '/nodes', code: 'graph.no_output' },
      /add a node of kind “output”/,
    ],
    [
      'goes round in a circle',
      graph([transform('a'), transform('b'), output], 'start > a > b > out', 'b > a'),
      { code: 'graph.cycle' },
      /“a” → “b” → “a”|“b” → “a” → “b”/,
    ],
    [
      'has a node that nothing leads to',
      graph([transform('alone'), output], 'start > out', 'alone > out'),
      { pointer: '/nodes/1', code: 'graph.unreachable', nodeId: 'alone' },
      /connect or remove it/,
    ],
    [
      'has one id twice',
      graph([transform('a'), transform('a'), output], 'start > a > out'),
      { pointer: '/nodes/2/id', code: 'graph.duplicate_id', nodeId: 'a' },
      /give one of them another/,
    ],
    [
      'has an id with a space',
      graph([transform('a b'), output], 'start > out'),
      { pointer: '/nodes/1/id', code: 'graph.invalid_field' },
      /a letter first/,
    ],
    [
      'misspells a kind',
      graph([node('a', 'transfrom'), output], 'start > a > out'),
      { pointer: '/nodes/1/kind', code: 'graph.unknown_kind', nodeId: 'a' },
      /did you mean “transform”\?/,
    ],
    [
      'lacks a configuration field',
      graph([node('a', 'transform'), output], 'start > a > out'),
      { pointer: '/nodes/1/config/expression', code: 'graph.missing_field', nodeId: 'a' },
      /“expression” is missing/,
    ],
    [
      'has an unknown configuration field',
      graph([node('a', 'transform', { expression: '1', expresion: '2' }), output], 'start > a > out'),
      { pointer: '/nodes/1/config/expresion', code: 'graph.unknown_field', nodeId: 'a' },
      /remove it or correct its name/,
    ],
    [
      'has an expression that is no text',
      graph([transform('a', { $eval: '1' }), output], 'start > a > out'),
      { pointer: '/nodes/1/config/expression', code: 'graph.invalid_field', nodeId: 'a' },
      /must be a string/,
    ],
    [
      'has an expression that does not parse',
      graph([transform('a', '1 +'), output], 'start > a > out'),
      { pointer: '/nodes/1/config/expression', code: 'expression.syntax', nodeId: 'a' },
      /does not parse/,
    ],
    [
      'has a template that does not parse',
      graph([node('a', 'llm', { model: 'simulated/offline', prompt: '{{ input.text' }), output], 'start > a > out'),
      { pointer: '/nodes/1/config/prompt', code: 'template.syntax', nodeId: 'a' },
      /does not parse/,
    ],
    [
      'tries too often',
      graph(
        [node('a', 'transform', { expression: '1' }, { retry: { maxAttempts: 1_000 } }), output],
        'start > a > out',
      ),
      { pointer: '/nodes/1/retry/maxAttempts', code: 'graph.invalid_field', nodeId: 'a' },
      /at most 20/,
    ],
    [
      'has an edge to nowhere',
      graph([transform('size'), output], 'start > size > out', 'size > oat'),
      { pointer: '/edges/2/to', code: 'graph.dangling_edge' },
      /did you mean “out”\?/,
    ],
    [
      'connects a node to itself',
      graph([transform('a'), output], 'start > a > out', 'a > a'),
      { pointer: '/edges/2', code: 'graph.self_edge', nodeId: 'a' },
      /remove the edge/,
    ],
    [
      'has an edge twice',
      graph([output], 'start > out', 'start.out > out'),
      { pointer: '/edges/1', code: 'graph.duplicate_edge', nodeId: 'start' },
      /remove one/,
    ],
    [
      'leads back into the start',
      graph([transform('a'), output], 'start > a > out', 'a > start'),
      { pointer: '/edges/2/to', code: 'graph.edge_into_start', nodeId: 'start' },
      /remove it/,
    ],
    [
      'leaves by a port that is not there',
      graph([node('if', 'condition', { expression: 'true' }), output], 'start > if', 'if.yes > out'),
      { pointer: '/edges/1/port', code: 'graph.unknown_port', nodeId: 'if' },
      /its ports are true, false, error/,
    ],
    [
      'goes on behind an output',
      graph([output, node('more', 'output')], 'start > out', 'out.out > more'),
      { pointer: '/edges/1/port', code: 'graph.unknown_port', nodeId: 'out' },
      /ends its way, remove the edge/,
    ],
    [
      'uses a step that does not exist',
      graph([transform('size'), transform('a', 'steps.sise.n'), output], 'start > size > a > out'),
      { pointer: '/nodes/2/config/expression', code: 'graph.unknown_step', nodeId: 'a' },
      /did you mean “size”\?/,
    ],
    [
      'forgets the backticks around an id with a hyphen',
      graph([transform('my-step'), transform('a', 'steps.my-step.n'), output], 'start > my-step > a > out'),
      { code: 'graph.unknown_step', nodeId: 'a' },
      /steps\.`my-step`/,
    ],
    [
      'uses a step of another way',
      graph([transform('a'), transform('b', 'steps.a'), output], 'start > a > out', 'start > b > out'),
      { pointer: '/nodes/2/config/expression', code: 'graph.step_not_before', nodeId: 'b' },
      /connect them or use an earlier step/,
    ],
    [
      'has a NUL character in a name',
      graph([node('a', 'transform', { expression: '1' }, { name: 'a\0b' }), output], 'start > a > out'),
      { pointer: '/nodes/1/name', code: 'graph.nul_character', nodeId: 'a' },
      /remove it/,
    ],
    [
      'has a NUL character in a case of a switch',
      graph([node('a', 'switch', { expression: 'input', cases: ['x\0'] }), output], 'start > a', 'a.default > out'),
      { pointer: '/nodes/1/config', code: 'graph.nul_character', nodeId: 'a' },
      /remove it/,
    ],
    [
      'has a NUL character in the port of an edge',
      graph([output], 'start > out', 'start.o\0 > out'),
      { pointer: '/edges/1/port', code: 'graph.nul_character', nodeId: 'start' },
      /remove it/,
    ],
  ])('and refused with place and remedy when it %s', (_title, document, expected, message) => {
    const problem = problemsOf(document).find(({ code }) => code === expected.code);
    expect(problem).toMatchObject(expected);
    expect(problem?.message).toMatch(message);
  });

  it.each([{ type: 'Program', body: [] }, ['{{ 1 }}'], 5, null])(
    'and refused when a template is no text but %j',
    (prompt) => {
      const document = graph([node('a', 'llm', { model: 'simulated/offline', prompt }), output], 'start > a > out');
      expect(problemsOf(document)).toEqual([
        {
          pointer: '/nodes/1/config/prompt',
          code: 'graph.invalid_field',
          message: 'Node “a”: the field “prompt” must be a string.',
          nodeId: 'a',
        },
      ]);
    },
  );

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'])(
    'and refused when a node is called %s, which leaves objects as they were',
    (id) => {
      const document: unknown = JSON.parse(
        JSON.stringify({ nodes: [transform('x')], edges: edges('x > x') }).replaceAll('"x"', `"${id}"`),
      );
      expect(problemsOf(document).length).toBeGreaterThan(0);
      expect(problemsOf(document)[0]?.pointer).toBe('/nodes/0/id');
      expect(({} as { x?: unknown }).x).toBeUndefined();
    },
  );

  it('and no unknown names are proposed where a hostile graph has thousands of them', () => {
    const id = (index: number): string => `${'n'.repeat(58)}${String(index).padStart(5, '0')}`;
    const document = {
      nodes: Array.from({ length: 2_000 }, (_, index) => transform(id(index))),
      edges: Array.from({ length: 10_000 }, (_, index) => ({ from: id(10_000 + index), to: id(30_000 + index) })),
    };
    expect(problemsOf(document)).toHaveLength(200);
  });

  it('and never throws on 500 random documents', () => {
    const random = mulberry(7);
    for (let round = 0; round < 500; round++) {
      const document = randomJson(random, 6);
      expect(() => problemsOf(document)).not.toThrow();
      const { graph: valid, problems } = validateGraph(document, registry);
      expect(valid === undefined).toBe(problems.length > 0);
    }
  });
});

const WORDS = [
  'nodes',
  'edges',
  'id',
  'kind',
  'config',
  'start',
  'output',
  'expression',
  'from',
  'to',
  'port',
  'retry',
  'cases',
  '__proto__',
  '{{',
];

function randomJson(random: () => number, depth: number): unknown {
  const word = (): string => WORDS[Math.floor(random() * WORDS.length)] as string;
  const items = (): unknown[] => Array.from({ length: Math.floor(random() * 4) }, () => randomJson(random, depth - 1));
  const choice = depth <= 0 ? random() * 5 : random() * 12;
  if (choice < 1) return null;
  if (choice < 2) return random() < 0.5;
  if (choice < 3) return random() * 100 - 50;
  if (choice < 5) return word();
  if (choice < 7) return items();
  if (choice < 9) return { nodes: items(), edges: items() };
  if (choice < 10) return { id: word(), kind: word(), config: randomJson(random, depth - 1) };
  return Object.fromEntries(items().map((item) => [word(), item]));
}

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
