import { useCallback, useReducer, useRef } from 'react';
import type { Graph } from './graph/graph';
import { newHistory, reduceHistory, type History } from './graph/history';

export interface GraphHistory {
  history: History;
  edit: (graph: Graph, label: string, mergeKey?: string) => void;
  /** @returns what was undone, in words; null when there was nothing */
  undo: () => { graph: Graph; label: string } | null;
  redo: () => { graph: Graph; label: string } | null;
  reset: (graph: Graph) => void;
}

/**
 * The history of a graph, with answers at once: an editor that acts twice between two renders must act on what it did first.
 */
export function useGraphHistory(initial: () => Graph): GraphHistory {
  const latest = useRef<History | null>(null);
  latest.current ??= newHistory(initial());
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  const become = useCallback((history: History) => {
    if (history === latest.current) return;
    latest.current = history;
    renderAgain();
  }, []);
  const present = () => latest.current as History;
  const move = (type: 'undo' | 'redo') => {
    const step = type === 'undo' ? present().past.at(-1) : present().future[0];
    if (!step) return null;
    become(reduceHistory(present(), { type }));
    return { graph: present().present, label: step.label };
  };
  return {
    history: latest.current,
    edit: (graph, label, mergeKey) =>
      become(reduceHistory(present(), { type: 'edit', graph, label, mergeKey, at: performance.now() })),
    undo: () => move('undo'),
    redo: () => move('redo'),
    reset: (graph) => become(reduceHistory(present(), { type: 'reset', graph })),
  };
}
