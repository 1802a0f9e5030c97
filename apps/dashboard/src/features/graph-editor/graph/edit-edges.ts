import { DEFAULT_PORT, edgeKey, edgeWords, findNode, nodeName, portOf, type Graph, type GraphEdge } from './graph';
import { isWayBack } from './loops';
import { takesEdges } from './node-ports';
import { runsBefore } from './runs-before';

export function makeEdge(from: string, to: string, port: string = DEFAULT_PORT): GraphEdge {
  return port === DEFAULT_PORT ? { from, to } : { from, to, port };
}

/** Why two nodes cannot be connected, in words, or null when they can. */
export function findConnectProblem(graph: Graph, edge: GraphEdge): string | null {
  const from = findNode(graph, edge.from);
  const to = findNode(graph, edge.to);
  if (!from || !to) return 'One end of the connection does not exist.';
  if (from.id === to.id) return 'A node cannot lead to itself.';
  if (!takesEdges(to)) return `“${nodeName(to)}” is where runs begin; nothing can lead there.`;
  if (graph.edges.some((each) => edgeKey(each) === edgeKey(edge)))
    return `${edgeWords(graph, edge)} is connected already.`;
  if (runsBefore(graph, from.id).has(to.id) && !isWayBack(graph, edge))
    return `“${nodeName(to)}” runs before “${nodeName(from)}”; a connection back would go round in a circle.`;
  return null;
}

/** @returns the same graph when the edge is there already */
export function connect(graph: Graph, edge: GraphEdge): Graph {
  if (graph.edges.some((each) => edgeKey(each) === edgeKey(edge))) return graph;
  return { ...graph, edges: [...graph.edges, edge] };
}

export function disconnect(graph: Graph, key: string): Graph {
  return { ...graph, edges: graph.edges.filter((edge) => edgeKey(edge) !== key) };
}

/** Moves one end of an edge, keeping its place in the list. */
export function reconnect(graph: Graph, key: string, edge: GraphEdge): Graph {
  const rest = graph.edges.filter((each) => edgeKey(each) !== edgeKey(edge) || edgeKey(each) === key);
  return { ...graph, edges: rest.map((each) => (edgeKey(each) === key ? edge : each)) };
}

/** The edges that leave a node, in the order of its ports. */
export function edgesFrom(graph: Graph, id: string, ports: readonly { name: string }[]): GraphEdge[] {
  const rank = (edge: GraphEdge) => ports.findIndex((port) => port.name === portOf(edge));
  return graph.edges.filter((edge) => edge.from === id).sort((a, b) => rank(a) - rank(b));
}
