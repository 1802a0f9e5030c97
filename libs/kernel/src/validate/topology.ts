import type { GraphEdge } from '../graph.js';

/** Who follows whom, by node id. */
export type Neighbours = ReadonlyMap<string, readonly string[]>;

export function successorsOf(ids: Iterable<string>, edges: readonly GraphEdge[]): Neighbours {
  const neighbours = new Map<string, string[]>();
  for (const id of ids) neighbours.set(id, []);
  for (const { from, to } of edges) neighbours.get(from)?.push(to);
  return neighbours;
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
  const onKnownCycle = new Set<string>();
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
        if (cycle.length > 1 && !cycle.some((id) => onKnownCycle.has(id))) {
          cycles.push(cycle);
          for (const id of cycle) onKnownCycle.add(id);
        }
      } else if (!done.has(next)) {
        open.push({ id: next, next: 0 });
      }
    }
  }
  return cycles;
}

/** Answers "does a way lead from this node to that one?" for graphs without cycles, in constant time. */
export class Ancestry {
  private readonly rowById = new Map<string, number>();
  private readonly bits: Uint32Array;
  private readonly width: number;

  constructor(successors: Neighbours) {
    for (const id of successors.keys()) this.rowById.set(id, this.rowById.size);
    this.width = Math.ceil(this.rowById.size / 32);
    this.bits = new Uint32Array(this.rowById.size * this.width);
    for (const id of topologicalOrder(successors)) {
      for (const next of successors.get(id) ?? []) this.inherit(id, next);
    }
  }

  isBefore(first: string, second: string): boolean {
    const [column, row] = [this.rowById.get(first), this.rowById.get(second)];
    if (column === undefined || row === undefined) return false;
    return ((this.bits[row * this.width + (column >>> 5)] as number) & (1 << (column & 31))) !== 0;
  }

  /** All that is before the one, and the one itself, is before the other. */
  private inherit(from: string, to: string): void {
    const [source, target] = [this.rowById.get(from) as number, this.rowById.get(to) as number];
    for (let word = 0; word < this.width; word++) {
      const at = target * this.width + word;
      this.bits[at] = (this.bits[at] as number) | (this.bits[source * this.width + word] as number);
    }
    const own = target * this.width + (source >>> 5);
    this.bits[own] = (this.bits[own] as number) | (1 << (source & 31));
  }
}

/** Every node after all that lead to it. Nodes on cycles, and behind them, are left out. */
function topologicalOrder(successors: Neighbours): string[] {
  const open = new Map<string, number>();
  for (const next of [...successors.values()].flat()) open.set(next, (open.get(next) ?? 0) + 1);
  const order = [...successors.keys()].filter((id) => !open.has(id));
  for (const id of order) {
    for (const next of successors.get(id) ?? []) {
      const left = (open.get(next) as number) - 1;
      open.set(next, left);
      if (left === 0) order.push(next);
    }
  }
  return order;
}
