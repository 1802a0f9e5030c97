import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { DraftAutosave, type SaveState } from '@/features/graph-editor/saving/draft-autosave';
import { promptDraftGet, promptDraftPut } from '@/shared/api/generated/operations';
import type { PromptDraft, PromptProblem } from '@/shared/api/generated/schema';
import { wholeContent, type WholeContent } from './prompt-content';
import { promptDraftQuery, promptQuery } from './prompt-queries';

export interface PromptDraftEditing {
  content: WholeContent;
  edit: (patch: Partial<WholeContent>) => void;
  state: SaveState;
  /** What the server found wrong with the draft that it has. */
  problems: readonly PromptProblem[];
  warnings: readonly PromptProblem[];
  autosave: DraftAutosave<WholeContent>;
  /** Gives up what is here for what the server has. */
  loadTheirs: () => Promise<void>;
}

/** The draft of a prompt while it is edited: saved a moment after each change, and when the editor is left. */
export function usePromptDraft(promptId: string, draft: PromptDraft): PromptDraftEditing {
  const queryClient = useQueryClient();
  const [content, setContent] = useState(() => wholeContent(draft.content));
  const [found, setFound] = useState({ problems: draft.problems, warnings: draft.warnings });
  const [autosave] = useState(
    () =>
      new DraftAutosave<WholeContent>({
        revision: draft.revision,
        put: (body, revision) => promptDraftPut({ id: promptId, body }, { ifMatch: `"${revision}"` }),
        get: async () => {
          const { content: theirs, revision, problems } = await promptDraftGet({ id: promptId });
          return { graph: wholeContent(theirs), revision, problems };
        },
        onSaved: (saved) => {
          const { warnings = [] } = saved as { warnings?: PromptProblem[] };
          const problems = [...saved.problems];
          setFound({ problems, warnings });
          const { queryKey } = promptDraftQuery(promptId);
          void queryClient.cancelQueries({ queryKey });
          const updatedAt = new Date().toISOString();
          queryClient.setQueryData(queryKey, {
            content: saved.graph,
            revision: saved.revision,
            updatedAt,
            problems,
            warnings,
          });
          void queryClient.invalidateQueries({ queryKey: promptQuery(promptId).queryKey });
          void queryClient.invalidateQueries({ queryKey: ['prompts', 'diff', promptId] });
        },
      }),
  );
  const state = useSyncExternalStore(autosave.subscribe, autosave.current);
  useSaveBeforeLeaving(autosave);
  const latest = useRef(content);
  latest.current = content;
  return {
    content,
    edit: (patch) => {
      const next = { ...latest.current, ...patch };
      latest.current = next;
      setContent(next);
      autosave.change(next);
    },
    state,
    ...found,
    autosave,
    loadTheirs: async () => {
      const theirs = await promptDraftGet({ id: promptId });
      queryClient.setQueryData(promptDraftQuery(promptId).queryKey, theirs);
      autosave.adopt(theirs.revision);
      setContent(wholeContent(theirs.content));
      setFound({ problems: theirs.problems, warnings: theirs.warnings });
    },
  };
}

function useSaveBeforeLeaving(autosave: DraftAutosave<WholeContent>): void {
  useEffect(() => {
    autosave.open();
    const warn = (event: BeforeUnloadEvent) => {
      if (!autosave.isUnsaved) return;
      void autosave.flush();
      event.preventDefault();
    };
    const flush = () => void autosave.flush();
    globalThis.addEventListener('beforeunload', warn);
    globalThis.addEventListener('online', flush);
    document.addEventListener('visibilitychange', flush);
    return () => {
      globalThis.removeEventListener('beforeunload', warn);
      globalThis.removeEventListener('online', flush);
      document.removeEventListener('visibilitychange', flush);
      void autosave.close();
    };
  }, [autosave]);
}
