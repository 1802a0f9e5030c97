import { graph, node } from '../testing/index.js';
import { output, problemsOf, transform } from '../testing/validated-graph.js';

const map = (inner: object) => node('map', 'map', { items: 'input', node: inner });
const mapGraph = (inner: object) => graph([transform('a'), map(inner), output], 'start > a > map > out');

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
