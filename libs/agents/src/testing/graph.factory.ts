import type { Graph } from '#kernel';

/** A small graph that can be published; `word` tells two of them apart. */
export function newGraph(word = 'hello'): Graph {
  return {
    nodes: [
      { id: 'start', kind: 'start', config: {}, position: { x: 0, y: 0 } },
      {
        id: 'greet',
        kind: 'transform',
        name: 'Greet',
        config: { expression: `"${word}"` },
        retry: { maxAttempts: 2 },
        timeoutMs: 1_000,
      },
      { id: 'output', kind: 'output', config: { expression: 'steps.greet' } },
    ],
    edges: [
      { from: 'start', to: 'greet' },
      { from: 'greet', to: 'output', port: 'out' },
    ],
  };
}

/** Drawable, but no run could walk it: a node has a kind that nobody knows. */
export function brokenGraph(): object {
  const { nodes, edges } = newGraph();
  return { nodes: nodes.map((node) => (node.id === 'greet' ? { ...node, kind: 'telepathy' } : node)), edges };
}
