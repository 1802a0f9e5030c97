import { useQueryClient } from '@tanstack/react-query';
import { Play, Upload } from 'lucide-react';
import { useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { agentsPublish } from '@/shared/api/generated/operations';
import type { Agent } from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { ErrorState } from '@/shared/ui/error-state';
import { Field } from '@/shared/ui/field';
import { Inspector } from '@/shared/ui/inspector';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { Textarea } from '@/shared/ui/textarea';
import { problemWords } from '../canvas/flow-elements';
import { useEditor } from '../editor-context';
import type { DraftSaving } from '../saving/use-draft-autosave';
import { ChangesList } from './changes-list';
import { useDraftChanges } from './use-draft-changes';

const LONGEST_NOTE = 2_000;

/** What the next version changes, a note about it, and the button that makes it. */
export function PublishPanel({ agent, saving }: { agent: Agent; saving: DraftSaving }) {
  const { graph, problems, show, closeSide, announce } = useEditor();
  const queryClient = useQueryClient();
  const mayPublish = useCan('agents:publish');
  const [note, setNote] = useState('');
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [done, setDone] = useState<number | null>(null);
  const changes = useDraftChanges(agent.id, agent.publishedVersion, saving.autosave.savedRevision);
  const next = (agent.publishedVersion ?? 0) + 1;
  const isNew = agent.publishedVersion === null;
  const hasChanges = isNew || (changes.data?.changes.length ?? 0) > 0;
  const isUnsaved = saving.state.phase === 'failed' || saving.state.phase === 'conflict';
  const reason = !mayPublish
    ? 'Your role may edit this agent but not publish it. Ask an admin.'
    : problems.length > 0
      ? `Mend ${problemWords(problems.length)} first.`
      : isUnsaved
        ? 'The draft is not saved yet.'
        : !isNew && changes.data && !hasChanges && saving.state.phase === 'saved'
          ? `Nothing has changed since version ${agent.publishedVersion}. Where nodes stand does not count.`
          : null;

  const publish = async () => {
    setPending(true);
    setProblem(null);
    try {
      await saving.autosave.flush();
      if (saving.autosave.isUnsaved) return;
      const version = await agentsPublish({ id: agent.id, body: note.trim() === '' ? {} : { note: note.trim() } });
      setNote('');
      setDone(version.number);
      announce(`Version ${version.number} is published.`);
      await queryClient.invalidateQueries({ queryKey: ['agents'] });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    } finally {
      setPending(false);
    }
  };

  return (
    <Inspector
      title={`Publish version ${next}`}
      details={isNew ? 'The first version of this agent' : `Version ${agent.publishedVersion} runs now`}
      onClose={closeSide}
    >
      <div className="flex flex-col gap-4 p-4">
        {done !== null && (
          <Callout title={`Version ${done} is published`}>
            <p>From now on it is what runs.</p>
            <Button size="sm" icon={<Play />} className="mt-2" onClick={() => show('run')}>
              Run version {done}
            </Button>
          </Callout>
        )}
        <FormProblem problem={problem} />
        <section aria-label="What changes" className="flex flex-col gap-2">
          <h3 className="text-sm font-medium">What changes</h3>
          {isNew && (
            <p className="text-muted">
              {graph.nodes.length} nodes and {graph.edges.length} connections, all new.
            </p>
          )}
          {!isNew && changes.isPending && <SkeletonRows label="changes" rows={3} />}
          {!isNew && changes.isError && (
            <ErrorState
              title="The changes could not be loaded"
              error={changes.error}
              onRetry={() => void changes.refetch()}
            />
          )}
          {!isNew &&
            changes.data &&
            (hasChanges ? <ChangesList changes={changes.data.changes} /> : <p className="text-muted">Nothing.</p>)}
        </section>
        <Field label="Note" required={false} hint="For whoever reads the list of versions.">
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              maxLength={LONGEST_NOTE}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <div className="flex flex-col items-start gap-1.5">
          <Button
            variant="primary"
            icon={<Upload />}
            pending={pending}
            disabled={reason !== null}
            aria-describedby={reason === null ? undefined : 'why-not-published'}
            onClick={() => void publish()}
          >
            Publish version {next}
          </Button>
          {reason !== null && (
            <p id="why-not-published" className="text-muted text-sm">
              {reason}{' '}
              {problems.length > 0 && (
                <button type="button" className="text-accent min-h-6 underline" onClick={() => show('problems')}>
                  Show them
                </button>
              )}
            </p>
          )}
        </div>
      </div>
    </Inspector>
  );
}
