import type { Graph, NodeKind } from './graph';
import { renameReferences } from './rename-references';

export interface RenameOutcome {
  graph: Graph;
  /** Mentions in expressions and templates that were rewritten. */
  references: number;
  /** Nodes in which they stood. */
  nodes: number;
}

/** Gives a node another id and follows it through edges, expressions and templates. The new id must be free. */
export function renameNode(
  graph: Graph,
  id: string,
  newId: string,
  kindOf: (kind: string) => NodeKind | undefined,
): RenameOutcome {
  const newIds = new Map([[id, newId]]);
  let references = 0;
  let nodes = 0;
  const renamed = graph.nodes.map((node) => {
    const { node: next, count } = renameReferences(node, kindOf, newIds);
    references += count;
    nodes += count > 0 ? 1 : 0;
    return node.id === id ? { ...next, id: newId } : next;
  });
  const edges = graph.edges.map((edge) =>
    edge.from === id || edge.to === id
      ? { ...edge, from: newIds.get(edge.from) ?? edge.from, to: newIds.get(edge.to) ?? edge.to }
      : edge,
  );
  return { graph: { ...graph, nodes: renamed, edges }, references, nodes };
}
