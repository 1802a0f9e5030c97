import { useEffect, useRef, type RefObject } from 'react';
import { useShortcut } from '@/shared/ui/shortcuts';
import { useEditor } from './editor-context';
import { partOf, removeNodes } from './graph/edit-nodes';
import { fromClipboardText, toClipboardText } from './graph/paste-nodes';
import { useGraphActions } from './use-graph-actions';

const GROUP = 'Graph editor';

/**
 * Copy, cut and paste through the browser's own events: they need no permission and reach from one agent to another.
 * Keys are listed in capitals, which no key press has: the sheet shows them, and the browser keeps handling them.
 */
export function useNodeClipboard(root: RefObject<HTMLElement | null>): void {
  const editor = useEditor();
  const { paste } = useGraphActions();
  const latest = useRef({ editor, paste });
  latest.current = { editor, paste };
  useShortcut('mod+C', () => {}, { label: 'Copy the chosen nodes', group: GROUP });
  useShortcut('mod+X', () => {}, { label: 'Cut the chosen nodes', group: GROUP, enabled: !editor.readOnly });
  useShortcut('mod+V', () => {}, { label: 'Paste nodes', group: GROUP, enabled: !editor.readOnly });
  useEffect(() => {
    const isOurs = (event: ClipboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : document.body;
      const isText =
        target.isContentEditable ||
        /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
        String(globalThis.getSelection() ?? '') !== '';
      return (
        !isText &&
        (target === document.body || root.current?.contains(target) === true || target.contains(root.current))
      );
    };
    const copy = (event: ClipboardEvent) => {
      const { graph, selection, announce } = latest.current.editor;
      if (!isOurs(event) || selection.nodes.size === 0 || !event.clipboardData) return;
      event.preventDefault();
      event.clipboardData.setData('text/plain', toClipboardText(partOf(graph, selection.nodes)));
      announce(selection.nodes.size === 1 ? 'Copied 1 node' : `Copied ${selection.nodes.size} nodes`);
    };
    const cut = (event: ClipboardEvent) => {
      const { graph, selection, readOnly, edit } = latest.current.editor;
      copy(event);
      if (event.defaultPrevented && !readOnly)
        edit(
          removeNodes(graph, selection.nodes),
          `cut ${selection.nodes.size === 1 ? '1 node' : `${selection.nodes.size} nodes`}`,
        );
    };
    const insert = (event: ClipboardEvent) => {
      if (!isOurs(event) || latest.current.editor.readOnly) return;
      const part = fromClipboardText(event.clipboardData?.getData('text/plain') ?? '');
      if (!part) return;
      event.preventDefault();
      latest.current.paste(part);
    };
    document.addEventListener('copy', copy);
    document.addEventListener('cut', cut);
    document.addEventListener('paste', insert);
    return () => {
      document.removeEventListener('copy', copy);
      document.removeEventListener('cut', cut);
      document.removeEventListener('paste', insert);
    };
  }, [root]);
}
