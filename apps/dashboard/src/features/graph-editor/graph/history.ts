import type { Graph } from './graph';

/** One state of the graph and what led to it. */
interface Step {
  graph: Graph;
  /** What was done, in words that fit behind "Undid:": `delete Classify`. */
  label: string;
}

export interface History {
  past: readonly Step[];
  present: Graph;
  future: readonly Step[];
  /** Key and moment of the last edit, which a similar one shortly after joins. */
  open: { key: string; at: number } | null;
}

export type HistoryAction =
  | {
      type: 'edit';
      graph: Graph;
      label: string;
      /** Edits with the same key within a moment are one step: the letters of a word, the steps of a move. */
      mergeKey?: string;
      /** Milliseconds since some fixed moment. */
      at: number;
    }
  | { type: 'undo' }
  | { type: 'redo' }
  /** Another graph altogether: what was before cannot be gone back to. */
  | { type: 'reset'; graph: Graph };

const MERGE_WITHIN_MS = 1_200;
const MOST_STEPS = 200;

export function newHistory(graph: Graph): History {
  return { past: [], present: graph, future: [], open: null };
}

/** Undo and redo over whole graphs; they share all parts that an edit left alone. */
export function reduceHistory(history: History, action: HistoryAction): History {
  switch (action.type) {
    case 'edit':
      return edit(history, action);
    case 'undo': {
      const last = history.past.at(-1);
      if (!last) return history;
      const undone: Step = { graph: history.present, label: last.label };
      return { past: history.past.slice(0, -1), present: last.graph, future: [undone, ...history.future], open: null };
    }
    case 'redo': {
      const next = history.future[0];
      if (!next) return history;
      const redone: Step = { graph: history.present, label: next.label };
      return { past: [...history.past, redone], present: next.graph, future: history.future.slice(1), open: null };
    }
    case 'reset':
      return newHistory(action.graph);
  }
}

function edit(history: History, { graph, label, mergeKey, at }: Extract<HistoryAction, { type: 'edit' }>): History {
  if (graph === history.present) return history;
  const open = mergeKey === undefined ? null : { key: mergeKey, at };
  const joins =
    open !== null &&
    history.open?.key === open.key &&
    at - history.open.at < MERGE_WITHIN_MS &&
    history.past.length > 0;
  if (joins) return { ...history, present: graph, future: [], open };
  const past = [...history.past, { graph: history.present, label }].slice(-MOST_STEPS);
  return { past, present: graph, future: [], open };
}
