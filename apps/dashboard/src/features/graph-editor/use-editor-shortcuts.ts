import { useRef } from 'react';
import { useShortcut } from '@/shared/ui/shortcuts';
import { useEditor } from './editor-context';
import { nextProblem, type PlacedProblem } from './graph/placed-problems';
import { withBodiesTogether } from './graph/loops';
import { inRunningOrder } from './graph/runs-before';
import { useGraphActions } from './use-graph-actions';

const GROUP = 'Graph editor';

/** The keys of the editor; they list themselves in the `?` sheet. */
export function useEditorShortcuts(): void {
  const editor = useEditor();
  const actions = useGraphActions();
  const { graph, readOnly, selection, selectedId } = editor;
  const lastProblem = useRef<PlacedProblem | null>(null);
  const writes = { group: GROUP, enabled: !readOnly };

  const walk = (step: 1 | -1) => {
    const nodes = withBodiesTogether(graph, inRunningOrder(graph));
    const at = nodes.findIndex((node) => node.id === selectedId);
    const next = at === -1 ? (step === 1 ? nodes[0] : nodes.at(-1)) : nodes[at + step];
    if (!next) return;
    editor.select([next.id]);
    editor.focusNode(next.id);
  };
  const goToProblem = (step: 1 | -1) => {
    const problem = nextProblem(editor.problems, lastProblem.current, step);
    lastProblem.current = problem;
    if (problem) editor.openProblem(problem);
    else editor.announce('There are no problems.');
  };
  const remove = () => actions.removeSelection();
  const escape = () => {
    if (editor.side !== 'inspector') editor.closeSide();
    else if (selection.nodes.size > 0 || selection.edge !== null) {
      editor.select([]);
      editor.selectEdge(null);
    }
  };

  useShortcut('/', actions.addAfterSelection, { label: 'Add a node after the chosen one', ...writes });
  useShortcut('c', () => selectedId !== null && editor.startConnecting(selectedId), {
    label: 'Connect the chosen node',
    ...writes,
  });
  useShortcut('e', () => selectedId !== null && editor.openField(selectedId, ''), {
    label: 'Edit the fields of the chosen node',
    group: GROUP,
  });
  useShortcut('F2', () => selectedId !== null && editor.openField(selectedId, '/name'), {
    label: 'Rename the chosen node',
    ...writes,
  });
  useShortcut('Delete', remove, { label: 'Delete what is chosen', ...writes });
  useShortcut('Backspace', remove, { label: 'Delete what is chosen', ...writes });
  useShortcut('mod+d', actions.duplicateSelection, {
    label: 'Duplicate the chosen nodes',
    ...writes,
    whileTyping: false,
  });
  useShortcut('mod+a', () => editor.select(graph.nodes.map((node) => node.id)), {
    label: 'Choose all nodes',
    group: GROUP,
    whileTyping: false,
  });
  useShortcut('mod+z', editor.undo, { label: 'Undo', ...writes, whileTyping: false });
  useShortcut('mod+shift+z', editor.redo, { label: 'Redo', ...writes, whileTyping: false });
  useShortcut('j', () => walk(1), { label: 'Next node', group: GROUP });
  useShortcut('k', () => walk(-1), { label: 'Previous node', group: GROUP });
  useShortcut('p', () => goToProblem(1), { label: 'Next problem', group: GROUP });
  useShortcut('F8', () => goToProblem(1), {
    label: 'Next problem, also while typing',
    group: GROUP,
    whileTyping: true,
  });
  useShortcut('o', editor.toggleOutline, { label: 'Outline', group: GROUP });
  useShortcut('t', actions.tidy, { label: 'Tidy the graph', ...writes });
  useShortcut('f', () => editor.canvas.current?.fit(), { label: 'Show the whole graph', group: GROUP });
  useShortcut('r', () => editor.show('run'), { label: 'Run', group: GROUP });
  useShortcut('Escape', escape, { label: 'Choose nothing, close the panel', group: GROUP });
}
