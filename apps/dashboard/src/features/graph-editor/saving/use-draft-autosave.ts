import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { draftGet, draftPut } from '@/shared/api/generated/operations';
import type { Draft } from '@/shared/api/generated/schema';
import { agentQuery, draftQuery } from '@/shared/api/queries';
import type { Graph } from '../graph/graph';
import { placeProblems, type PlacedProblem } from '../graph/placed-problems';
import { DraftAutosave, type SaveState } from './draft-autosave';
import { forgetKeptDraft, keepDraft } from './kept-draft';

export interface DraftSaving {
  state: SaveState;
  /** What the server found wrong with the draft it has. */
  problems: PlacedProblem[];
  autosave: DraftAutosave;
  /** Shows another graph from now on, as the server has it. */
  adopt: (draft: Pick<Draft, 'graph' | 'revision' | 'problems'>) => void;
}

/** Saves a draft while it is edited, and whatever is unsaved when the editor is left. */
export function useDraftAutosave(agentId: string, draft: Draft, present: Graph): DraftSaving {
  const queryClient = useQueryClient();
  const [problems, setProblems] = useState(() => placeProblems(draft.problems, draft.graph));
  const [autosave] = useState(
    () =>
      new DraftAutosave({
        revision: draft.revision,
        put: (graph, revision) => draftPut({ id: agentId, body: graph }, { ifMatch: `"${revision}"` }),
        get: () => draftGet({ id: agentId }),
        onSaved: (saved) => {
          setProblems(placeProblems(saved.problems, saved.graph));
          forgetKeptDraft(agentId);
          const { queryKey } = draftQuery(agentId);
          void queryClient.cancelQueries({ queryKey });
          queryClient.setQueryData(queryKey, {
            graph: saved.graph,
            revision: saved.revision,
            problems: [...saved.problems],
            updatedAt: new Date().toISOString(),
          });
          void queryClient.invalidateQueries({ queryKey: agentQuery(agentId).queryKey });
        },
      }),
  );
  const state = useSyncExternalStore(autosave.subscribe, autosave.current);
  useLeaveGuard(agentId, autosave, present);
  return {
    state,
    problems,
    autosave,
    adopt: (next) => {
      forgetKeptDraft(agentId);
      autosave.adopt(next.revision);
      setProblems(placeProblems(next.problems, next.graph));
    },
  };
}

function useLeaveGuard(agentId: string, autosave: DraftAutosave, present: Graph): void {
  const latest = useRef(present);
  latest.current = present;
  useEffect(() => {
    autosave.open();
    const keep = () => {
      if (autosave.isUnsaved) keepDraft(agentId, { graph: latest.current, revision: autosave.savedRevision });
    };
    const warn = (event: BeforeUnloadEvent) => {
      if (!autosave.isUnsaved) return;
      keep();
      void autosave.flush();
      event.preventDefault();
    };
    const flushWhenHidden = () => {
      if (document.visibilityState !== 'hidden') return;
      keep();
      void autosave.flush();
    };
    const flushWhenOnline = () => void autosave.flush();
    globalThis.addEventListener('beforeunload', warn);
    globalThis.addEventListener('online', flushWhenOnline);
    document.addEventListener('visibilitychange', flushWhenHidden);
    return () => {
      globalThis.removeEventListener('beforeunload', warn);
      globalThis.removeEventListener('online', flushWhenOnline);
      document.removeEventListener('visibilitychange', flushWhenHidden);
      // Kept until the answer is there: `onSaved` forgets it.
      keep();
      void autosave.close();
    };
  }, [agentId, autosave]);
}
