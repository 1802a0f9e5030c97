import { CircleCheck, ListTree, Network, Play, Plus, Redo2, TriangleAlert, Undo2, Upload } from 'lucide-react';
import type { Agent } from '@/shared/api/generated/schema';
import { useCan } from '@/shared/session/use-session';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { IconButton } from '@/shared/ui/icon-button';
import { problemWords } from './canvas/flow-elements';
import { useEditor } from './editor-context';
import { SaveMark } from './saving/save-mark';
import type { DraftSaving } from './saving/use-draft-autosave';
import { useGraphActions } from './use-graph-actions';

/** What can be done with the graph as a whole, and how it stands. */
export function EditorToolbar({ agent, saving }: { agent: Agent; saving: DraftSaving }) {
  const { readOnly, problems, side, outline, canUndo, canRedo, undo, redo, toggleOutline, show, closeSide } =
    useEditor();
  const { addAfterSelection, tidy } = useGraphActions();
  const canRun = useCan('executions:start') && agent.archivedAt === null;
  const next = (agent.publishedVersion ?? 0) + 1;
  return (
    <div
      role="toolbar"
      aria-label="Graph editor"
      className="bg-surface flex min-h-11 shrink-0 flex-wrap items-center gap-1 border-b px-2 py-1.5 sm:px-4"
    >
      {!readOnly && (
        <Button size="sm" icon={<Plus />} className="mr-1" onClick={addAfterSelection}>
          Add
        </Button>
      )}
      <IconButton label="Outline" shortcut="O" pressed={outline} icon={<ListTree />} onClick={toggleOutline} />
      {!readOnly && (
        <>
          <IconButton label="Undo" shortcut="Ctrl Z" icon={<Undo2 />} disabled={!canUndo} onClick={undo} />
          <IconButton label="Redo" shortcut="Ctrl Shift Z" icon={<Redo2 />} disabled={!canRedo} onClick={redo} />
          <IconButton label="Tidy the graph" shortcut="T" icon={<Network />} onClick={tidy} />
        </>
      )}
      <span className="min-w-2 flex-1" />
      {readOnly ? (
        <Badge>{agent.archivedAt === null ? 'Read only' : 'Archived, read only'}</Badge>
      ) : (
        <span className="mr-1 min-w-0">
          <SaveMark state={saving.state} onRetry={() => void saving.autosave.flush()} />
        </span>
      )}
      <Button
        size="sm"
        variant="quiet"
        aria-pressed={side === 'problems'}
        icon={
          problems.length === 0 ? <CircleCheck className="text-success" /> : <TriangleAlert className="text-danger" />
        }
        onClick={() => (side === 'problems' ? closeSide() : show('problems'))}
      >
        {problems.length === 0 ? 'No problems' : problemWords(problems.length)}
      </Button>
      {canRun && (
        <Button size="sm" icon={<Play />} aria-pressed={side === 'run'} onClick={() => show('run')}>
          Run
        </Button>
      )}
      {!readOnly && (
        <Button
          size="sm"
          variant="primary"
          icon={<Upload />}
          aria-pressed={side === 'publish'}
          onClick={() => show('publish')}
        >
          Publish version {next}
        </Button>
      )}
    </div>
  );
}
