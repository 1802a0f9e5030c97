import type { Graph, GraphEdge, GraphNode } from '#kernel';
import type { AgentEdge } from './agent-edge.entity.js';
import type { AgentNode } from './agent-node.entity.js';

/** The rows that a version's graph is kept as, without what is stamped on insert. */
export function toRows(versionId: string, graph: Graph): { nodes: Partial<AgentNode>[]; edges: Partial<AgentEdge>[] } {
  return {
    nodes: graph.nodes.map((node, position) => ({
      versionId,
      position,
      nodeId: node.id,
      kind: node.kind,
      name: node.name ?? null,
      config: node.config,
      retry: node.retry ?? null,
      timeoutMs: node.timeoutMs ?? null,
      x: node.position?.x ?? null,
      y: node.position?.y ?? null,
    })),
    edges: graph.edges.map((edge, position) => ({
      versionId,
      position,
      fromNodeId: edge.from,
      toNodeId: edge.to,
      port: edge.port ?? null,
    })),
  };
}

/** The graph that the rows were made from: same order, and absent fields absent again. */
export function fromRows(nodes: readonly AgentNode[], edges: readonly AgentEdge[]): Graph {
  return { nodes: inOrder(nodes).map(toNode), edges: inOrder(edges).map(toEdge) };
}

function toNode(row: AgentNode): GraphNode {
  return {
    id: row.nodeId,
    kind: row.kind,
    ...(row.name !== null && { name: row.name }),
    config: row.config,
    ...(row.retry !== null && { retry: row.retry }),
    ...(row.timeoutMs !== null && { timeoutMs: row.timeoutMs }),
    ...(row.x !== null && row.y !== null && { position: { x: row.x, y: row.y } }),
  };
}

function toEdge(row: AgentEdge): GraphEdge {
  return { from: row.fromNodeId, to: row.toNodeId, ...(row.port !== null && { port: row.port }) };
}

function inOrder<Row extends { position: number }>(rows: readonly Row[]): Row[] {
  return [...rows].sort((left, right) => left.position - right.position);
}
