import { createHash } from 'node:crypto';
import { type Graph, hashGraph, type Problem, validateGraphInTurns } from '#kernel';
import type { GraphDocument } from './graph-document.js';
import { nodeKinds } from './node-kinds.js';

/** What the kernel says of a graph. */
export interface GraphCheck {
  /** Null when there are problems. */
  readonly graph: Graph | null;
  readonly problems: readonly Problem[];
  /** Equal for graphs that do the same; a wrong graph equals only itself, and nothing that was published. */
  readonly hash: string;
}

export async function checkGraph(document: GraphDocument): Promise<GraphCheck> {
  const { graph, problems } = await validateGraphInTurns(document, nodeKinds);
  if (graph) return { graph, problems, hash: hashGraph(graph) };
  return {
    graph: null,
    problems,
    hash: `wrong:${createHash('sha256').update(JSON.stringify(document)).digest('base64url')}`,
  };
}
