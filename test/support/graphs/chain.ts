import type { Graph, GraphNode } from '../clients/agents.client.js';

/** Nodes one after the other, between a start that takes anything and an output. */
export function chain(
  nodes: readonly GraphNode[],
  outputExpression = '{ "done": true }',
  schema: object = { type: 'object' },
): Graph {
  const all: GraphNode[] = [
    { id: 'start', kind: 'start', config: { schema } },
    ...nodes,
    { id: 'out', kind: 'output', config: { expression: outputExpression } },
  ];
  return {
    nodes: all,
    edges: all.slice(1).map((node, index) => ({ from: all[index]?.id ?? '', to: node.id })),
  };
}
