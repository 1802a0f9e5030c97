/** Who follows whom, by position. */
export type Successors = readonly (readonly number[])[];

/** An edge between two positions. */
export interface Arc {
  readonly from: number;
  readonly to: number;
}

export function successorsOf(count: number, arcs: Iterable<Arc>): Successors {
  const successors = Array.from({ length: count }, (): number[] => []);
  for (const { from, to } of arcs) successors[from]?.push(to);
  return successors;
}

/** 1 for everything that can be reached, the beginnings included, on ways that do not go on from the barrier. */
export function reachableFrom(starts: Iterable<number>, successors: Successors, barrier?: number): Uint8Array {
  const reached = new Uint8Array(successors.length);
  const open: number[] = [];
  const reach = (position: number): void => {
    if (reached[position] === 1 || position === barrier) return;
    reached[position] = 1;
    open.push(position);
  };
  for (const start of starts) reach(start);
  for (let next = open.pop(); next !== undefined; next = open.pop()) (successors[next] ?? []).forEach(reach);
  return reached;
}

/**
 * One cycle of at least two nodes for each knot of the graph, in the order of its edges. Nodes are coloured by a
 * depth-first search without recursion; an edge back to a node of the current way closes a cycle.
 */
export function findCycles(successors: Successors): readonly (readonly number[])[] {
  const cycles: number[][] = [];
  const isOnKnownCycle = new Uint8Array(successors.length);
  const isDone = new Uint8Array(successors.length);
  const depth = new Int32Array(successors.length).fill(-1);
  const nextEdge = new Int32Array(successors.length);
  const way: number[] = [];
  const enter = (position: number): void => {
    depth[position] = way.push(position) - 1;
  };
  /** A cycle is told only when it shares nothing with those told already. */
  const close = (position: number): void => {
    for (let at = way.length - 1; at >= (depth[position] as number); at--) {
      if (isOnKnownCycle[way[at] as number] === 1) return;
    }
    const cycle = way.slice(depth[position]);
    if (cycle.length < 2) return;
    cycles.push(cycle);
    for (const member of cycle) isOnKnownCycle[member] = 1;
  };
  for (let root = 0; root < successors.length; root++) {
    if (isDone[root] === 0) enter(root);
    while (way.length > 0) {
      const current = way[way.length - 1] as number;
      const edge = nextEdge[current] as number;
      nextEdge[current] = edge + 1;
      const next = successors[current]?.[edge];
      if (next === undefined) {
        isDone[current] = 1;
        depth[current] = -1;
        way.pop();
      } else if (depth[next] !== -1) close(next);
      else if (isDone[next] === 0) enter(next);
    }
  }
  return cycles;
}

/** Answers "does a way lead from this one to that one?" for graphs without cycles, in constant time. */
export class Ancestry {
  private readonly bits: Uint32Array;
  private readonly width: number;

  constructor(successors: Successors) {
    this.width = Math.ceil(successors.length / 32);
    this.bits = new Uint32Array(successors.length * this.width);
    for (const position of topologicalOrder(successors)) {
      for (const next of successors[position] as readonly number[]) this.inherit(position, next);
    }
  }

  isBefore(first: number, second: number): boolean {
    return ((this.bits[second * this.width + (first >>> 5)] as number) & (1 << (first & 31))) !== 0;
  }

  /** All that is before the one, and the one itself, is before the other. */
  private inherit(from: number, to: number): void {
    const [source, target] = [from * this.width, to * this.width];
    for (let word = 0; word < this.width; word++) {
      this.bits[target + word] = (this.bits[target + word] as number) | (this.bits[source + word] as number);
    }
    const own = target + (from >>> 5);
    this.bits[own] = (this.bits[own] as number) | (1 << (from & 31));
  }
}

/** Everything after all that lead to it. What is on cycles, and behind them, is left out. */
function topologicalOrder(successors: Successors): readonly number[] {
  const open = new Int32Array(successors.length);
  for (const targets of successors) for (const target of targets) open[target] = (open[target] as number) + 1;
  const order: number[] = [];
  open.forEach((count, position) => {
    if (count === 0) order.push(position);
  });
  for (const position of order) {
    for (const next of successors[position] as readonly number[]) {
      const left = (open[next] as number) - 1;
      open[next] = left;
      if (left === 0) order.push(next);
    }
  }
  return order;
}
