import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Side } from './editor-context';

/** What of the editor stands in the address, so that a copied link shows the same thing. */
export interface EditorAddress {
  /** The chosen node. */
  node: string | undefined;
  /** Open panel; the inspector when absent. */
  panel: Exclude<Side, 'inspector'> | undefined;
  outline: boolean;
}

const PANELS: readonly unknown[] = ['problems', 'publish', 'run'];

/** Read once, when the editor opens. */
export function useEditorAddress(): EditorAddress {
  const search: Record<string, unknown> = useSearch({ strict: false });
  return {
    node: typeof search.node === 'string' ? search.node : undefined,
    panel: PANELS.includes(search.panel) ? (search.panel as EditorAddress['panel']) : undefined,
    outline: search.outline === true,
  };
}

/** Keeps the address in step; without an entry in the history for each click. */
export function useWriteEditorAddress({ node, panel, outline }: EditorAddress): void {
  const navigate = useNavigate();
  const current = useEditorAddress();
  const isSame = current.node === node && current.panel === panel && current.outline === outline;
  useEffect(() => {
    if (isSame) return;
    const write = (previous: Record<string, unknown>) => ({ ...previous, node, panel, outline: outline || undefined });
    // The route lists no search parameters of its own, so the type of the reducer knows none.
    void navigate({ to: '.', search: write as never, replace: true, resetScroll: false });
  }, [isSame, navigate, node, panel, outline]);
}
