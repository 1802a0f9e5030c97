import { createContext, useContext, type ReactNode } from 'react';
import { useEditor } from '../editor-context';
import type { GraphNode } from '../graph/graph';
import { scopeOf, type Shape } from '../graph/scope-shape';

const ItemContext = createContext(false);

/** Fields in here are worked out for each item of a list, so they see it. */
export function ItemScope({ children }: { children: ReactNode }) {
  return <ItemContext value={true}>{children}</ItemContext>;
}

/** What the expressions of a node can see, asked anew each time; with the values of the last run where there was one. */
export function useScope(node: GraphNode): () => Shape {
  const { graph, lastRun } = useEditor();
  const seesItem = useContext(ItemContext);
  return () => scopeOf(graph, node.id, { lastRun, seesItem });
}
