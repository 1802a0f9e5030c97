import { createHash } from 'node:crypto';
import { type Graph, hashGraph, type Problem, validateGraph } from '#kernel';
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

export function checkGraph(document: GraphDocument): GraphCheck {
  const { graph, problems } = validateGraph(document, nodeKinds);
  const found = graph ? unkeepableTexts(graph) : problems;
  if (graph && found.length === 0) return { graph, problems: found, hash: hashGraph(graph) };
  return {
    graph: null,
    problems: found,
    hash: `wrong:${createHash('sha256').update(JSON.stringify(document)).digest('base64url')}`,
  };
}

/** Names and ports become text columns, and Postgres text has no NUL character. */
function unkeepableTexts({ nodes, edges }: Graph): Problem[] {
  const message = 'The text contains a NUL character (U+0000), which cannot be kept. Remove it.';
  const code = 'graph.nul_character';
  return [
    ...nodes.flatMap(({ id, name }, index) =>
      name?.includes('\0') ? [{ pointer: `/nodes/${index}/name`, code, message, nodeId: id }] : [],
    ),
    ...edges.flatMap(({ port }, index) =>
      port?.includes('\0') ? [{ pointer: `/edges/${index}/port`, code, message }] : [],
    ),
  ];
}
