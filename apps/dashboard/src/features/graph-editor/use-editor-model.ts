import { useEffect, useMemo, useRef, useState } from 'react';
import { draftGet } from '@/shared/api/generated/operations';
import type { Draft, NodeKind } from '@/shared/api/generated/schema';
import type { CanvasHandle } from './canvas/canvas-handle';
import {
  unfinishedKey,
  type Adding,
  type Editor,
  type Selection,
  type Side,
  type UnfinishedText,
} from './editor-context';
import { focusField } from './focus-field';
import { edgeKey, findNode, nodeName, type Graph } from './graph/graph';
import { kindFinder } from './graph/kind-finder';
import { problemsThatRemain, type PlacedProblem } from './graph/placed-problems';
import { withPositions } from './graph/tidy';
import { forgetKeptDraft, readKeptDraft } from './saving/kept-draft';
import { useDraftAutosave, type DraftSaving } from './saving/use-draft-autosave';
import { sameJson } from './graph/same-json';
import { useEditorAddress, useWriteEditorAddress } from './use-editor-address';
import { useGraphHistory } from './use-graph-history';
import { useLastRun } from './use-last-run';

export interface EditorModel {
  editor: Editor;
  saving: DraftSaving;
  /** What was done last, for the live region. */
  announcement: string;
  /** The element around the editor, inside of which fields are looked for. */
  root: React.RefObject<HTMLDivElement | null>;
  loadTheirs: () => Promise<void>;
}

const NOTHING: Selection = { nodes: new Set(), edge: null };

/** The state of the editor and everything that can be done with it. */
export function useEditorModel(
  agentId: string,
  draft: Draft,
  kinds: readonly NodeKind[],
  readOnly: boolean,
): EditorModel {
  const kindOf = useMemo(() => kindFinder(kinds), [kinds]);
  const address = useEditorAddress();
  const { history, ...past } = useGraphHistory(() => withPositions(draft.graph, kindOf));
  const graph = history.present;
  const lastRun = useLastRun(agentId);
  const saving = useDraftAutosave(agentId, draft, graph);
  const [selection, setSelection] = useState<Selection>(() =>
    findNode(graph, address.node) ? { nodes: new Set([address.node as string]), edge: null } : NOTHING,
  );
  const [side, setSide] = useState<Side>(address.panel ?? 'inspector');
  const [outline, setOutline] = useState(address.outline);
  const [adding, setAdding] = useState<Adding | null>(null);
  const [connecting, setConnecting] = useState<string | null>(null);
  const [unfinished, setUnfinishedTexts] = useState<ReadonlyMap<string, UnfinishedText>>(new Map());
  const [announcement, setAnnouncement] = useState('');
  const canvas = useRef<CanvasHandle | null>(null);
  const root = useRef<HTMLDivElement | null>(null);

  const show = (next: Graph) => {
    past.reset(withPositions(next, kindOf));
    setSelection(NOTHING);
    setUnfinishedTexts(new Map());
  };
  useKeptDraft(agentId, draft, readOnly, (kept) => {
    past.edit(withPositions(kept, kindOf), 'restore unsaved changes');
    saving.autosave.change(kept);
    setAnnouncement('Changes that could not be saved before are back.');
  });
  useNewerDraft(draft, saving, () => show(draft.graph));

  const selectedId = selection.nodes.size === 1 ? ([...selection.nodes][0] ?? null) : null;
  useWriteEditorAddress({ node: selectedId ?? undefined, panel: side === 'inspector' ? undefined : side, outline });

  // Typed text that a JSON field cannot take stands beside the server's problems.
  const problems = useMemo(
    () => [...unfinishedProblems(unfinished, graph), ...problemsThatRemain(saving.problems, graph)],
    [unfinished, saving.problems, graph],
  );

  const select = (ids: readonly string[]) => {
    setSelection((before) =>
      before.edge === null && sameIds(before.nodes, ids) ? before : { nodes: new Set(ids), edge: null },
    );
    if (ids.length > 0) setSide('inspector');
  };
  const move = (step: { graph: Graph; label: string } | null, word: string) => {
    if (!step) return;
    saving.autosave.change(step.graph);
    setSelection((before) => stillThere(before, step.graph));
    setAnnouncement(`${word}: ${step.label}`);
  };
  const openField = (nodeId: string, field: string) => {
    select([nodeId]);
    setTimeout(() => root.current && focusField(root.current, field), 0);
  };

  const editor: Editor = {
    agentId,
    graph,
    kinds,
    kindOf,
    readOnly,
    lastRun,
    problems,
    selection,
    selectedId,
    side,
    outline,
    adding,
    connecting,
    canUndo: history.past.length > 0 && !readOnly,
    canRedo: history.future.length > 0 && !readOnly,
    unfinished,
    canvas,
    edit: (next, label, { mergeKey, quiet = false } = {}) => {
      if (readOnly || next === graph) return;
      past.edit(next, label, mergeKey);
      saving.autosave.change(next);
      setSelection((before) => stillThere(before, next));
      if (!quiet) setAnnouncement(`Done: ${label}`);
    },
    undo: () => move(past.undo(), 'Undid'),
    redo: () => move(past.redo(), 'Did again'),
    announce: setAnnouncement,
    select,
    selectEdge: (key) => {
      setSelection((before) =>
        before.edge === key ? before : { nodes: key === null ? before.nodes : new Set(), edge: key },
      );
      if (key !== null) setSide('inspector');
    },
    openField,
    openProblem: (problem) => {
      if (problem.nodeId !== null) openField(problem.nodeId, problem.field);
      else if (problem.edge !== null) {
        setSelection({ nodes: new Set(), edge: problem.edge });
        setSide('inspector');
      } else setSide('problems');
      setAnnouncement(problem.message);
    },
    show: setSide,
    closeSide: () => {
      if (side === 'inspector') setSelection(NOTHING);
      setSide('inspector');
    },
    toggleOutline: () => setOutline(!outline),
    startAdding: (next) => {
      setConnecting(null);
      setAdding(next);
    },
    startConnecting: (id) => {
      setAdding(null);
      setConnecting(id);
    },
    setUnfinished: (nodeId, field, text) =>
      setUnfinishedTexts((before) => {
        const key = unfinishedKey(nodeId, field);
        if (text === null && !before.has(key)) return before;
        const next = new Map(before);
        if (text === null) next.delete(key);
        else next.set(key, text);
        return next;
      }),
    focusNode: (id) => canvas.current?.focus(id),
  };

  const loadTheirs = async () => {
    const theirs = await draftGet({ id: agentId });
    saving.adopt(theirs);
    show(theirs.graph);
    setAnnouncement('The draft of the other person is shown.');
  };
  return { editor, saving, announcement, root, loadTheirs };
}

/** What an earlier visit could not save is taken up again, once. */
function useKeptDraft(agentId: string, draft: Draft, readOnly: boolean, take: (graph: Graph) => void): void {
  const looked = useRef(false);
  useEffect(() => {
    if (looked.current) return;
    looked.current = true;
    const kept = readKeptDraft(agentId);
    if (kept === null) return;
    if (readOnly || sameJson(kept.graph, draft.graph)) forgetKeptDraft(agentId);
    else take(kept.graph);
  });
}

/** Somebody else's newer draft is shown at once as long as nothing of ours is waiting. */
function useNewerDraft(draft: Draft, { autosave, adopt }: DraftSaving, show: () => void): void {
  useEffect(() => {
    if (autosave.isUnsaved || draft.revision <= autosave.savedRevision) return;
    adopt(draft);
    show();
    // Only the arrival of a draft matters, not the functions that handle it.
  }, [draft]);
}

function unfinishedProblems(unfinished: ReadonlyMap<string, UnfinishedText>, graph: Graph): PlacedProblem[] {
  return [...unfinished].flatMap(([key, { message }]) => {
    const [nodeId = '', field = ''] = key.split(' ');
    const node = findNode(graph, nodeId);
    return node
      ? [{ code: 'editor.unfinished', message: `${nodeName(node)}: ${message}`, nodeId, edge: null, field }]
      : [];
  });
}

function stillThere(selection: Selection, graph: Graph): Selection {
  const ids = new Set(graph.nodes.map((node) => node.id));
  const nodes = [...selection.nodes].filter((id) => ids.has(id));
  const hasEdge = selection.edge === null || graph.edges.some((edge) => edgeKey(edge) === selection.edge);
  if (nodes.length === selection.nodes.size && hasEdge) return selection;
  return { nodes: new Set(nodes), edge: hasEdge ? selection.edge : null };
}

function sameIds(before: ReadonlySet<string>, ids: readonly string[]): boolean {
  return before.size === ids.length && ids.every((id) => before.has(id));
}
