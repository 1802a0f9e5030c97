import { type Arc, reachableFrom, successorsOf } from './topology.js';

/** An edge with its port. */
export interface PortArc extends Arc {
  readonly port: string;
  /** Position in the graph's list of edges. */
  readonly index: number;
}

/** A node that repeats a body. */
export interface Loop {
  readonly position: number;
  readonly bodyPort: string;
}

export interface LoopBody extends Loop {
  /** 1 for everything that can be reached from the body port without passing the loop, inner loops' bodies included. */
  readonly members: Uint8Array;
  /** How many these are. */
  readonly size: number;
  readonly entries: readonly PortArc[];
}

/** The bodies of the loops, in the order of the loops. */
export function findLoopBodies(count: number, arcs: readonly PortArc[], loops: readonly Loop[]): readonly LoopBody[] {
  if (loops.length === 0) return [];
  const successors = successorsOf(count, arcs);
  return loops.map(({ position, bodyPort }) => {
    const entries = arcs.filter(({ from, port }) => from === position && port === bodyPort);
    const starts = entries.map(({ to }) => to);
    const members = reachableFrom(starts, successors, position);
    return { position, bodyPort, members, size: members.reduce((sum, each) => sum + each, 0), entries };
  });
}

/** Whether an edge leads from a loop's own body back to it. */
export function isBackArc({ from, to }: Arc, bodies: readonly LoopBody[]): boolean {
  return bodies.some(({ position, members }) => position === to && members[from] === 1);
}

/** The innermost body around a node; for well-formed graphs, in which bodies lie inside one another or apart. */
export function bodyAround(position: number, bodies: readonly LoopBody[]): LoopBody | undefined {
  let innermost: LoopBody | undefined;
  for (const body of bodies) {
    if (body.members[position] === 1 && (innermost === undefined || body.size < innermost.size)) innermost = body;
  }
  return innermost;
}
