import { describe, expect, it } from 'vitest';
import { kindOfSample, sampleGraph } from '../testing/sample-graph';
import { findNode, type GraphNode } from './graph';
import { freePort, nodePorts, takesEdges } from './node-ports';

const portsOf = (id: string, graph = sampleGraph()) => {
  const node = findNode(graph, id) as GraphNode;
  return nodePorts(node, kindOfSample(node.kind), graph).map(({ name, role }) => `${name}:${role}`);
};

describe('the ports of a node', () => {
  it('are those of its kind, and error for whatever can fail', () => {
    expect(portsOf('start')).toEqual(['out:way']);
    expect(portsOf('size')).toEqual(['out:way', 'error:error']);
    expect(portsOf('out')).toEqual([]);
  });

  it('follow the cases of a switch', () => {
    expect(portsOf('route')).toEqual(['a:way', 'b:way', 'default:way', 'error:error']);
  });

  it('survive half-typed cases', () => {
    const node: GraphNode = { id: 'x', kind: 'switch', config: { cases: ['a', '', 'a', 3] } };
    expect(nodePorts(node, kindOfSample('switch'), { nodes: [node], edges: [] }).map((port) => port.name)).toEqual([
      'a',
      'default',
      'error',
    ]);
  });

  it('keep a port that is gone as long as an edge leaves by it', () => {
    const graph = sampleGraph();
    graph.nodes[2] = { ...graph.nodes[2]!, config: { expression: 'steps.size', cases: ['b'] } };
    expect(portsOf('route', graph)).toEqual(['b:way', 'default:way', 'a:unknown', 'error:error']);
  });

  it('offer the first free one to what is added after', () => {
    const graph = sampleGraph();
    const freeOf = (id: string) => {
      const node = findNode(graph, id) as GraphNode;
      return freePort(node, kindOfSample(node.kind), graph);
    };
    expect(freeOf('route')).toBe('b');
    expect(freeOf('size')).toBe('out');
    expect(freeOf('out')).toBeNull();
  });

  it('let nothing into a start', () => {
    expect(takesEdges({ kind: 'start' })).toBe(false);
    expect(takesEdges({ kind: 'llm' })).toBe(true);
  });
});
