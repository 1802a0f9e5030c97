import type { GraphEdge } from '../graph.js';

/** Who follows whom, by node id. */
export type Neighbours = ReadonlyMap<string, readonly string[]>;

export function successorsOf(ids: Iterable<string>, edges: readonly GraphEdge[]): Neighbours {
  const neighbours = new Map<string, string[]>();
  for (const id of ids) neighbours.set(id, []);
  for (const { from, to } of edges) neighbours.get(from)?.push(to);
  return neighbours;
}

export function predecessorsOf(ids: Iterable<string>, edges: readonly GraphEdge[]): Neighbours {
  return successorsOf(
    ids,
    edges.map(({ from, to }) => ({ from: to, to: from })),
  );
}

/** Everything that can be reached, the beginnings included. */
export function reachableFrom(starts: Iterable<string>, neighbours: Neighbours): ReadonlySet<string> {
  const reached = new Set(starts);
  for (const id of reached) for (const next of neighbours.get(id) ?? []) reached.add(next);
  return reached;
}

/**
 * One cycle of at least two nodes for each knot of the graph, in the order of its edges. Nodes are coloured by a
 * depth-first search without recursion; an edge back to a node of the current way closes a cycle.
 */
export function findCycles(neighbours: Neighbours): readonly (readonly string[])[] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  for (const root of neighbours.keys()) {
    const way: string[] = [];
    const depthById = new Map<string, number>();
    const open: { id: string; next: number }[] = [{ id: root, next: 0 }];
    while (open.length > 0) {
      const frame = open[open.length - 1] as { id: string; next: number };
      if (frame.next === 0) {
        if (done.has(frame.id)) {
          open.pop();
          continue;
        }
        depthById.set(frame.id, way.push(frame.id) - 1);
      }
      const next = neighbours.get(frame.id)?.[frame.next++];
      if (next === undefined) {
        done.add(frame.id);
        depthById.delete(frame.id);
        way.pop();
        open.pop();
      } else if (depthById.has(next)) {
        const cycle = way.slice(depthById.get(next));
        const isNew = cycle.length > 1 && !cycles.some((known) => known.some((id) => cycle.includes(id)));
        if (isNew) cycles.push(cycle);
      } else if (!done.has(next)) {
        open.push({ id: next, next: 0 });
      }
    }
  }
  return cycles;
}
