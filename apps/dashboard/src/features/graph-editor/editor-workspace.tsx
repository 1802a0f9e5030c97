import type { Agent, Draft, NodeKind } from '@/shared/api/generated/schema';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { EmptyState } from '@/shared/ui/empty-state';
import { SplitPane } from '@/shared/ui/split-pane';
import { GraphCanvas } from './canvas/graph-canvas';
import { EditorContext, useEditor } from './editor-context';
import { EditorToolbar } from './editor-toolbar';
import { EditorInspector } from './inspector/editor-inspector';
import { Outline } from './panels/outline';
import { ProblemsPanel } from './panels/problems-panel';
import { PublishPanel } from './panels/publish-panel';
import { RunPanel } from './panels/run-panel';
import { ConflictBanner } from './saving/conflict-banner';
import type { DraftSaving } from './saving/use-draft-autosave';
import { useEditorModel } from './use-editor-model';
import { useEditorShortcuts } from './use-editor-shortcuts';
import { useGraphActions } from './use-graph-actions';
import { useNodeClipboard } from './use-node-clipboard';

export interface EditorWorkspaceProps {
  agent: Agent;
  draft: Draft;
  kinds: readonly NodeKind[];
}

/** The editor once everything it needs is there. */
export function EditorWorkspace({ agent, draft, kinds }: EditorWorkspaceProps) {
  const mayWrite = useCan('agents:write');
  const { editor, saving, announcement, root, loadTheirs } = useEditorModel(
    agent.id,
    draft,
    kinds,
    !mayWrite || agent.archivedAt !== null,
  );
  return (
    <EditorContext value={editor}>
      <div ref={root} className="flex h-full min-h-0 flex-1 flex-col">
        <EditorToolbar agent={agent} saving={saving} />
        {saving.state.phase === 'conflict' && (
          <ConflictBanner onLoadTheirs={loadTheirs} onKeepMine={() => saving.autosave.keepMine()} />
        )}
        <div className="min-h-0 flex-1">
          <SplitPane
            id="graph-editor"
            initialWidth={380}
            minWidth={300}
            main={<DrawingRoom root={root} />}
            side={sideOf(agent, saving, editor)}
          />
        </div>
        <p role="status" className="sr-only">
          {announcement}
        </p>
      </div>
    </EditorContext>
  );
}

function sideOf(agent: Agent, saving: DraftSaving, { side, selection }: ReturnType<typeof useEditor>) {
  switch (side) {
    case 'problems':
      return <ProblemsPanel />;
    case 'publish':
      return <PublishPanel agent={agent} saving={saving} />;
    case 'run':
      return <RunPanel agent={agent} />;
    case 'inspector':
      return selection.nodes.size > 0 || selection.edge !== null ? <EditorInspector /> : null;
  }
}

/** Canvas and outline: one graph, twice. */
function DrawingRoom({ root }: { root: React.RefObject<HTMLElement | null> }) {
  const { graph, outline, readOnly } = useEditor();
  const { addAfterSelection } = useGraphActions();
  useEditorShortcuts();
  useNodeClipboard(root);
  return (
    <div className="flex h-full min-h-0">
      {outline && (
        <div className="w-72 shrink-0 border-r max-md:w-full">
          <Outline />
        </div>
      )}
      <div className={`relative min-w-0 flex-1 ${outline ? 'max-md:hidden' : ''}`}>
        <GraphCanvas />
        {graph.nodes.length === 0 && (
          <div className="pointer-events-none absolute inset-0 flex items-center justify-center">
            <div className="pointer-events-auto">
              <EmptyState
                title="An empty graph"
                action={!readOnly && <Button onClick={addAfterSelection}>Add a start</Button>}
              >
                {readOnly
                  ? 'Nobody has drawn anything here yet.'
                  : 'Every agent begins with a start and ends with an output. Press / to add nodes.'}
              </EmptyState>
            </div>
          </div>
        )}
      </div>
    </div>
  );
}
