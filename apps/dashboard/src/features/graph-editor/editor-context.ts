import { createContext, useContext } from 'react';
import type { CanvasHandle } from './canvas/canvas-handle';
import type { Insertion } from './graph/edit-nodes';
import type { Graph, NodeKind } from './graph/graph';
import type { LastRun } from './graph/last-run';
import type { PlacedProblem } from './graph/placed-problems';

/** What is chosen: nodes, or one edge by its {@link edgeKey}. */
export interface Selection {
  nodes: ReadonlySet<string>;
  edge: string | null;
}

/** What stands at the right: the fields of what is chosen, or one of the panels. */
export type Side = 'inspector' | 'problems' | 'publish' | 'run';

/** Where the list of kinds is open, and what becomes of the kind that is chosen there. */
export interface Adding extends Omit<Insertion, 'position'> {
  position: Insertion['position'] | null;
  /** Corner of the list, in pixels inside the canvas; at the top of it when absent. */
  corner?: { x: number; y: number };
}

/** Text that was typed into a field and is not JSON yet: kept, shown as a problem, not part of the graph. */
export interface UnfinishedText {
  text: string;
  message: string;
}

/** Everything the parts of the editor share. */
export interface Editor {
  agentId: string;
  graph: Graph;
  kinds: readonly NodeKind[];
  kindOf: (kind: string) => NodeKind | undefined;
  readOnly: boolean;
  /** What the newest run gave, shown beside what is drawn. */
  lastRun: LastRun | null;
  /** The server's problems as far as they still have a place, and what the forms themselves see. */
  problems: readonly PlacedProblem[];
  selection: Selection;
  /** The only chosen node. */
  selectedId: string | null;
  side: Side;
  outline: boolean;
  adding: Adding | null;
  connecting: string | null;
  canUndo: boolean;
  canRedo: boolean;
  unfinished: ReadonlyMap<string, UnfinishedText>;
  canvas: React.RefObject<CanvasHandle | null>;
  /** @param label what was done, in words: they are announced and stand behind "Undid:" */
  edit: (graph: Graph, label: string, options?: { mergeKey?: string; quiet?: boolean }) => void;
  undo: () => void;
  redo: () => void;
  announce: (words: string) => void;
  select: (ids: readonly string[]) => void;
  selectEdge: (key: string | null) => void;
  /** Chooses a node and puts the cursor into one of its fields; '' for the node itself. */
  openField: (nodeId: string, field: string) => void;
  openProblem: (problem: PlacedProblem) => void;
  show: (side: Side) => void;
  closeSide: () => void;
  toggleOutline: () => void;
  startAdding: (adding: Adding | null) => void;
  startConnecting: (nodeId: string | null) => void;
  setUnfinished: (nodeId: string, field: string, text: UnfinishedText | null) => void;
  focusNode: (id: string) => void;
}

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('This part of the graph editor stands outside of it.');
  return editor;
}

export function unfinishedKey(nodeId: string, field: string): string {
  return `${nodeId} ${field}`;
}
