import { diffGraphs } from './graph-diff.js';
import { graph, node, summariseGraph } from './testing/index.js';

const NOTHING = { nodes: { added: [], removed: [], changed: [] }, edges: { added: [], removed: [] } };

describe('the difference of two graphs', () => {
  it('is nothing when only positions, order and the default port differ', () => {
    const { nodes, edges } = summariseGraph();
    const moved = {
      nodes: nodes.map((part) => ({ ...part, position: { x: 1, y: 2 } })).toReversed(),
      edges: edges.map((edge) => ({ port: 'out', ...edge })).toReversed(),
    };
    expect(diffGraphs(summariseGraph(), moved)).toEqual(NOTHING);
  });

  it('names nodes and edges that came and went', () => {
    const before = graph([node('a', 'transform'), node('out', 'output')], 'start > a > out');
    const after = graph([node('b', 'transform'), node('out', 'output')], 'start > b > out');
    const { nodes, edges } = diffGraphs(before, after);
    expect([nodes.added, nodes.removed].map(([part]) => part?.id)).toEqual(['b', 'a']);
    expect(edges.added).toEqual([
      { from: 'start', to: 'b', port: 'out' },
      { from: 'b', to: 'out', port: 'out' },
    ]);
    expect(edges.removed).toHaveLength(2);
  });

  it('points to the field that changed, came or went, inside objects, and takes lists as a whole', () => {
    const before = graph([node('a', 'http', { url: 'x', headers: { 'a/b': '1', gone: '2' }, list: [1, 2] })]);
    const after = graph([node('a', 'http', { url: 'x', headers: { 'a/b': '3' }, list: [1], extra: null })]);
    expect(diffGraphs(before, after).nodes.changed).toEqual([
      {
        nodeId: 'a',
        changes: [
          { pointer: '/config/headers/a~1b', before: '1', after: '3' },
          { pointer: '/config/headers/gone', before: '2' },
          { pointer: '/config/list', before: [1, 2], after: [1] },
          { pointer: '/config/extra', after: null },
        ],
      },
    ]);
  });
});
