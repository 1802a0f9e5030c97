import { GRAPH_LIMITS } from '../graph-limits.js';
import type { GraphEdge } from '../graph.js';
import { portOf } from './check-edges.js';
import type { CheckedNode } from './checked-node.js';
import { findLoopBodies, isBackArc, type Loop, type LoopBody, type PortArc } from './loop-bodies.js';

/** How the nodes hang together, by their position in {@link GraphShape.nodes}. */
export interface GraphShape {
  readonly nodes: readonly CheckedNode[];
  readonly positions: ReadonlyMap<string, number>;
  readonly arcs: readonly PortArc[];
  readonly bodies: readonly LoopBody[];
  /** Those that do not lead from a loop's body back to it: without mistakes, there is no cycle among them. */
  readonly forwardArcs: readonly PortArc[];
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  /** Position in the document's list of edges. */
  readonly index: number;
}

export function shapeOf(checked: ReadonlyMap<string, CheckedNode>, edges: readonly PlacedEdge[]): GraphShape {
  const nodes = [...checked.values()];
  const positions = new Map(nodes.map(({ node }, position) => [node.id, position]));
  const arcs = edges.map(({ edge, index }): PortArc => {
    const [from, to] = [positions.get(edge.from) as number, positions.get(edge.to) as number];
    return { from, to, port: portOf(edge), index };
  });
  const loops = nodes.flatMap(({ kind }, position): Loop[] =>
    kind?.bodyPort === undefined ? [] : [{ position, bodyPort: kind.bodyPort }],
  );
  const bodies = findLoopBodies(nodes.length, arcs, loops.slice(0, GRAPH_LIMITS.loops));
  return { nodes, positions, arcs, bodies, forwardArcs: arcs.filter((arc) => !isBackArc(arc, bodies)) };
}
