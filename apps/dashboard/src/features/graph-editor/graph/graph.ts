import type { Graph, GraphEdge, GraphNode } from '@/shared/api/generated/schema';

export type { Graph, GraphEdge, GraphNode, NodeKind } from '@/shared/api/generated/schema';

/** One thing that is wrong with a graph, as the server says it. */
export interface Problem {
  /** JSON pointer into the graph: `/nodes/2/config/expression`. */
  pointer: string;
  code: string;
  message: string;
  nodeId?: string;
}

/** The port that an edge takes when it names none. */
export const DEFAULT_PORT = 'out';

/** The port by which a failed node continues instead of ending the run. */
export const ERROR_PORT = 'error';

/** The kind by which runs enter a graph: nothing leads into it and it cannot fail. */
export const START_KIND = 'start';

export function portOf(edge: Pick<GraphEdge, 'port'>): string {
  return edge.port ?? DEFAULT_PORT;
}

/** The same for two edges only when one of them is superfluous. */
export function edgeKey(edge: GraphEdge): string {
  return JSON.stringify([edge.from, portOf(edge), edge.to]);
}

/** What people call a node. */
export function nodeName(node: Pick<GraphNode, 'id' | 'name'>): string {
  return node.name?.trim() || node.id;
}

export function findNode(graph: Graph, id: string | null | undefined): GraphNode | undefined {
  return graph.nodes.find((node) => node.id === id);
}

/** An edge as a sentence: `Classify (billing) → Draft a reply`. */
export function edgeWords(graph: Graph, edge: GraphEdge): string {
  const nameOf = (id: string) => nodeName(findNode(graph, id) ?? { id });
  const port = portOf(edge);
  return `${nameOf(edge.from)}${port === DEFAULT_PORT ? '' : ` (${port})`} → ${nameOf(edge.to)}`;
}
