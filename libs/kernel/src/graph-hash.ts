import { createHash } from 'node:crypto';
import type { Graph } from './graph.js';

/**
 * What a graph means, apart from how it is drawn: nodes without their positions, in the order of their ids, edges in
 * order, keys in order. Two graphs with equal essences run alike.
 *
 * The order of output nodes decides which of several outputs is the run's, so it is kept as a list of its own.
 */
export function essence(graph: Graph): unknown {
  const nodes = graph.nodes.map(({ position: _position, ...meaning }) => meaning);
  return {
    nodes: nodes.toSorted((left, right) => compare(left.id, right.id)),
    edges: graph.edges
      .map(({ from, to, port = 'out' }) => ({ from, port, to }))
      .toSorted((left, right) => compare(JSON.stringify(left), JSON.stringify(right))),
    order: graph.nodes.filter(({ kind }) => kind === 'output').map(({ id }) => id),
  };
}

/** SHA-256 of the essence, in hex. Stable across processes and releases. */
export function hashGraph(graph: Graph): string {
  return createHash('sha256')
    .update(canonicalJson(essence(graph)))
    .digest('hex');
}

/** JSON with the keys of every object in order, so that equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => compare(left, right)))
      : part,
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
