import { graph } from '../testing/index.js';
import { loop, output, problemsOf, transform } from '../testing/validated-graph.js';

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
