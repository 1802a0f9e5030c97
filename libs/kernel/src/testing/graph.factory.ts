import type { Graph, GraphEdge, GraphNode } from '../graph.js';

/** Makes graphs short to write: `node('size', 'transform', { expression: '1' })`. */
export function node(
  id: string,
  kind: string,
  config: GraphNode['config'] = {},
  rest: Partial<GraphNode> = {},
): GraphNode {
  return { id, kind, config, ...rest };
}

/** `edges('start > size > long', 'long.true > sum > out', 'long.false > out')`; a port stands behind a dot. */
export function edges(...ways: readonly string[]): GraphEdge[] {
  return ways.flatMap((way) => {
    const stops = way.split('>').map((stop) => stop.trim());
    return stops.slice(1).map((stop, index) => {
      const [from = '', port] = (stops[index] as string).split('.');
      return { from, to: stop.split('.')[0] as string, ...(port !== undefined && { port }) };
    });
  });
}

/** A graph with a start that takes anything, unless the nodes bring one. */
export function graph(nodes: readonly GraphNode[], ...ways: readonly string[]): Graph {
  const hasStart = nodes.some(({ kind }) => kind === 'start');
  return { nodes: hasStart ? nodes : [node('start', 'start'), ...nodes], edges: edges(...ways) };
}

/** The example of the API contract: summarises long texts, gives short ones back. */
export function summariseGraph(): Graph {
  return {
    nodes: [
      node('start', 'start', {
        schema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
      }),
      node('size', 'transform', { expression: '{ "length": $length(input.text) }' }),
      node('long', 'condition', { expression: 'steps.size.length > 280' }),
      node(
        'sum',
        'llm',
        { model: 'simulated/offline', prompt: 'Summarise: {{ input.text }}' },
        { retry: { maxAttempts: 3 }, timeoutMs: 30_000 },
      ),
      node('out', 'output', { expression: '{ "text": steps.sum ? steps.sum.text : input.text }' }),
    ],
    edges: edges('start > size > long', 'long.true > sum > out', 'long.false > out'),
  };
}
