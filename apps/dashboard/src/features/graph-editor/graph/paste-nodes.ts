import type { Graph, GraphNode, NodeKind } from './graph';
import { newNodeId } from './new-node-id';
import { renameReferences } from './rename-references';

/** A little aside and below: a copy covers nothing of what it was copied from. */
const OFFSET = { x: 24, y: 96 };

/** What the clipboard holds, so that nothing else on it is taken for a piece of a graph. */
interface Clipping {
  agentflow: 'nodes';
  nodes: Graph['nodes'];
  edges: Graph['edges'];
}

export function toClipboardText(part: Graph): string {
  return JSON.stringify({ agentflow: 'nodes', ...part } satisfies Clipping, null, 2);
}

/** @returns null for everything that is not a copied piece of a graph */
export function fromClipboardText(text: string): Graph | null {
  try {
    const value = JSON.parse(text) as Partial<Clipping> | null;
    if (value?.agentflow !== 'nodes' || !Array.isArray(value.nodes) || !Array.isArray(value.edges)) return null;
    if (!value.nodes.every(isNode)) return null;
    const ids = new Set(value.nodes.map((node) => node.id));
    return { nodes: value.nodes, edges: value.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to)) };
  } catch {
    return null;
  }
}

export interface Pasted {
  graph: Graph;
  ids: string[];
}

/** Adds a copy of nodes under new ids, a little aside; what they say about each other follows the new ids. */
export function pasteNodes(graph: Graph, part: Graph, kindOf: (kind: string) => NodeKind | undefined): Pasted {
  const taken = new Set(graph.nodes.map((node) => node.id));
  const newIds = new Map<string, string>();
  for (const { id } of part.nodes) {
    const fresh = newNodeId(id, taken);
    taken.add(fresh);
    newIds.set(id, fresh);
  }
  const shift = shiftFor(graph, part);
  const nodes = part.nodes.map((node): GraphNode => ({
    ...structuredClone(node),
    id: newIds.get(node.id) ?? node.id,
    ...(node.position && { position: { x: node.position.x + shift.x, y: node.position.y + shift.y } }),
  }));
  const renamed = nodes.map((node) => renameReferences(node, kindOf, newIds).node);
  const edges = part.edges.map((edge) => ({
    ...edge,
    from: newIds.get(edge.from) ?? edge.from,
    to: newIds.get(edge.to) ?? edge.to,
  }));
  return {
    graph: { nodes: [...graph.nodes, ...renamed], edges: [...graph.edges, ...edges] },
    ids: [...newIds.values()],
  };
}

/** Far enough that no copy lies on a node, however often it is pasted. */
function shiftFor(graph: Graph, part: Graph): { x: number; y: number } {
  const places = new Set(graph.nodes.map(({ position }) => `${position?.x},${position?.y}`));
  for (let times = 1; ; times += 1) {
    const shift = { x: OFFSET.x * times, y: OFFSET.y * times };
    const isFree = part.nodes.every(
      ({ position }) => !position || !places.has(`${position.x + shift.x},${position.y + shift.y}`),
    );
    if (isFree) return shift;
  }
}

function isNode(value: unknown): value is GraphNode {
  const node = value as Partial<GraphNode> | null;
  return (
    typeof node?.id === 'string' &&
    typeof node.kind === 'string' &&
    typeof node.config === 'object' &&
    node.config !== null
  );
}
