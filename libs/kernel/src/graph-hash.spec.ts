import { hashGraph } from './graph-hash.js';
import { graph, node, summariseGraph } from './testing/index.js';

describe('the hash of a graph', () => {
  it('does not depend on positions, on the order of nodes, edges and keys, or on the port being written out', () => {
    const { nodes, edges } = summariseGraph();
    const redrawn = {
      nodes: nodes.map(({ id, ...rest }, index) => ({ position: { x: index, y: 7 }, ...rest, id })).toReversed(),
      edges: edges.map(({ from, to, port = 'out' }) => ({ port, to, from })).toReversed(),
    };
    expect(hashGraph(redrawn)).toBe(hashGraph(summariseGraph()));
  });

  it('changes with a configuration, a name and an edge', () => {
    const base = graph([node('a', 'transform', { expression: '1' }), node('out', 'output')], 'start > a > out');
    const hashes = [
      base,
      graph([node('a', 'transform', { expression: '2' }), node('out', 'output')], 'start > a > out'),
      graph([node('a', 'transform', { expression: '1' }, { name: 'A' }), node('out', 'output')], 'start > a > out'),
      graph([node('a', 'transform', { expression: '1' }), node('out', 'output')], 'start > a > out', 'start > out'),
    ].map(hashGraph);
    expect(new Set(hashes).size).toBe(4);
    expect(hashes[0]).toMatch(/^[\da-f]{64}$/);
  });

  it('changes with the order of outputs, which decides whose value the run gives back', () => {
    const outputs = [node('one', 'output'), node('two', 'output')];
    const ways = ['start > one', 'start > two'];
    expect(hashGraph(graph(outputs, ...ways))).not.toBe(hashGraph(graph(outputs.toReversed(), ...ways)));
  });
});
