import { DEFAULT_PORT, ERROR_PORT, portOf, START_KIND, type Graph, type GraphNode, type NodeKind } from './graph';

export interface NodePort {
  name: string;
  /** `unknown`: an edge uses it although the node no longer has it. */
  role: 'way' | 'error' | 'unknown';
}

/** Kinds whose ports follow their configuration; the server sends `ports: null` for them. */
const PORTS_BY_CONFIG: Record<string, (config: Record<string, unknown>) => string[]> = {
  switch: ({ cases }) => [...new Set([...texts(cases), 'default'])],
  classify: ({ labels }) => [...new Set([...names(labels), 'other'])],
};

/** The ports by which edges may leave a node, `error` last. A port that is only used by an edge is there too, so that the edge can be seen and mended. */
export function nodePorts(node: GraphNode, kind: NodeKind | undefined, graph: Graph): NodePort[] {
  const ways = waysOf(node, kind);
  const ports: NodePort[] = ways.map((name) => ({ name, role: 'way' }));
  const canFail = node.kind !== START_KIND;
  const used = new Set(graph.edges.filter((edge) => edge.from === node.id).map(portOf));
  for (const name of used) {
    if (!ways.includes(name) && !(canFail && name === ERROR_PORT)) ports.push({ name, role: 'unknown' });
  }
  if (canFail && (ways.length > 0 || used.has(ERROR_PORT))) ports.push({ name: ERROR_PORT, role: 'error' });
  return ports;
}

/** Whether edges may lead into a node. */
export function takesEdges(node: Pick<GraphNode, 'kind'>): boolean {
  return node.kind !== START_KIND;
}

/** The port that "insert after" uses: the first way that leads nowhere yet, otherwise the first; null for a node that ends the run. */
export function freePort(node: GraphNode, kind: NodeKind | undefined, graph: Graph): string | null {
  const ways = waysOf(node, kind);
  const used = new Set(graph.edges.filter((edge) => edge.from === node.id).map(portOf));
  return ways.find((name) => !used.has(name)) ?? ways[0] ?? null;
}

function waysOf(node: GraphNode, kind: NodeKind | undefined): string[] {
  if (kind?.ports) return kind.ports;
  return PORTS_BY_CONFIG[node.kind]?.(node.config) ?? [DEFAULT_PORT];
}

/** The names of entries such as the labels of a classification. */
function names(value: unknown): string[] {
  return texts(Array.isArray(value) ? value.map((each: unknown) => (each as { name?: unknown } | null)?.name) : []);
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string' && each !== '') : [];
}
