import { portOf, type Graph, type GraphEdge } from './graph';

/** The kind that repeats what is behind its port {@link BODY_PORT}. */
const LOOP_KIND = 'loop';
const BODY_PORT = 'body';

const known = new WeakMap<Graph, ReadonlyMap<string, ReadonlySet<string>>>();

/** The bodies of loops by the loop's id: everything that its port `body` leads to without coming back to it. */
export function loopBodies(graph: Graph): ReadonlyMap<string, ReadonlySet<string>> {
  const cached = known.get(graph);
  if (cached) return cached;
  const loops = graph.nodes.filter(({ kind }) => kind === LOOP_KIND);
  const bodies = new Map(loops.map(({ id }) => [id, bodyOf(graph, id)]));
  known.set(graph, bodies);
  return bodies;
}

/** Whether an edge leads back to the loop in whose body it begins: the way to the next round, which the loop takes by itself too. */
export function isWayBack(graph: Graph, { from, to }: Pick<GraphEdge, 'from' | 'to'>): boolean {
  return loopBodies(graph).get(to)?.has(from) === true;
}

const forward = new WeakMap<Graph, Graph>();

/** The graph without the ways back: what is left goes round in no circle, unless it is drawn wrong. */
export function withoutWaysBack(graph: Graph): Graph {
  if (loopBodies(graph).size === 0) return graph;
  const cached = forward.get(graph) ?? { ...graph, edges: graph.edges.filter((edge) => !isWayBack(graph, edge)) };
  forward.set(graph, cached);
  return cached;
}

/** How many loops a node is in the body of. */
export function loopDepth(graph: Graph, id: string): number {
  let depth = 0;
  for (const body of loopBodies(graph).values()) if (body.has(id)) depth += 1;
  return depth;
}

/**
 * Nodes in the order in which they can run, the body of each loop right behind the loop.
 * @param order the nodes in running order
 */
export function withBodiesTogether(graph: Graph, order: Graph['nodes']): Graph['nodes'] {
  const bodies = loopBodies(graph);
  if (bodies.size === 0) return order;
  const placed = new Set<string>();
  const result: Graph['nodes'] = [];
  const place = (node: Graph['nodes'][number]) => {
    if (placed.has(node.id)) return;
    placed.add(node.id);
    result.push(node);
    const body = bodies.get(node.id);
    if (body) for (const each of order) if (body.has(each.id)) place(each);
  };
  for (const node of order) place(node);
  return result;
}

function bodyOf(graph: Graph, loop: string): Set<string> {
  const body = new Set<string>();
  const waiting = graph.edges.filter((edge) => edge.from === loop && portOf(edge) === BODY_PORT).map(({ to }) => to);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === loop || body.has(next)) continue;
    body.add(next);
    for (const edge of graph.edges) if (edge.from === next) waiting.push(edge.to);
  }
  return body;
}
