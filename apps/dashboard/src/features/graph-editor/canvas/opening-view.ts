import type { FitViewOptions } from '@xyflow/react';
import type { Graph } from '@/shared/api/generated/schema';
import { FIT_VIEW } from './flow-settings';

/** A graph of more nodes than this, seen as a whole, is too small to read beside the fields of a node. */
const READABLE_NODES = 8;

/** What the canvas shows first: the whole graph; of a large one whose address names a node, that node among its neighbours. */
export function openingView(
  { nodes, edges }: Pick<Graph, 'nodes' | 'edges'>,
  chosen: ReadonlySet<string>,
): FitViewOptions {
  const [first] = chosen;
  if (first === undefined || chosen.size > 1 || nodes.length <= READABLE_NODES) return FIT_VIEW;
  const neighbours = edges
    .filter(({ from, to }) => from === first || to === first)
    .flatMap(({ from, to }) => [from, to]);
  return { ...FIT_VIEW, minZoom: 0.5, nodes: [...new Set([first, ...neighbours])].map((id) => ({ id })) };
}
