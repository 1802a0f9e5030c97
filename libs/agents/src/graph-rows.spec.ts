import type { AgentEdge } from './agent-edge.entity.js';
import type { AgentNode } from './agent-node.entity.js';
import { fromRows, toRows } from './graph-rows.js';
import { newGraph } from './testing/graph.factory.js';

describe('The rows of a graph', () => {
  it('give the same graph back, in whatever order they are read', () => {
    const { nodes, edges } = toRows('version', newGraph());
    expect(fromRows(nodes.reverse() as AgentNode[], edges.reverse() as AgentEdge[])).toEqual(newGraph());
  });
});
