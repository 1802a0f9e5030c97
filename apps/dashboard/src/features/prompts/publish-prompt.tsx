import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useId, useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { promptsPublish } from '@/shared/api/generated/operations';
import type { Prompt } from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { PromptChanges } from './prompt-changes';
import { promptDiffQuery } from './prompt-queries';
import type { PromptDraftEditing } from './use-prompt-draft';

/** What the next version changes, a note about it, and the button that makes it. */
export function PublishPrompt({ prompt, editing }: { prompt: Prompt; editing: PromptDraftEditing }) {
  const { autosave, problems, state } = editing;
  const queryClient = useQueryClient();
  const [note, setNote] = useState('');
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [done, setDone] = useState<number | null>(null);
  const headingId = useId();
  const reasonId = useId();
  const { publishedVersion } = prompt;
  const next = (publishedVersion ?? 0) + 1;
  const reason =
    problems.length > 0
      ? 'Mend what is wrong first.'
      : state.phase === 'failed' || state.phase === 'conflict'
        ? 'The draft is not saved yet.'
        : state.phase === 'saved' && !prompt.hasUnpublishedChanges
          ? `Nothing has changed since version ${publishedVersion}.`
          : null;
  const publish = async () => {
    setPending(true);
    setProblem(null);
    try {
      await autosave.flush();
      if (autosave.isUnsaved) return;
      const version = await promptsPublish({ id: prompt.id, body: note.trim() === '' ? {} : { note: note.trim() } });
      setNote('');
      setDone(version.number);
      await queryClient.invalidateQueries({ queryKey: ['prompts'] });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    } finally {
      setPending(false);
    }
  };
  return (
    <section aria-labelledby={headingId} className="bg-surface flex flex-col gap-3 rounded-lg border p-4">
      <h2 id={headingId} className="font-semibold">
        Publish version {next}
      </h2>
      {done !== null && (
        <Callout announce title={`Version ${done} is published`}>
          Agents take it up when they are published the next time.
        </Callout>
      )}
      <FormProblem problem={problem} />
      {publishedVersion !== null && prompt.hasUnpublishedChanges && (
        <ChangesSince promptId={prompt.id} version={publishedVersion} />
      )}
      <Field label="Note" required={false} hint="For whoever reads the list of versions.">
        {(control) => (
          <Input {...control} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
        )}
      </Field>
      <div className="flex flex-col items-start gap-1.5">
        <Button
          variant="primary"
          icon={<Upload />}
          pending={pending}
          disabled={reason !== null}
          aria-describedby={reason === null ? undefined : reasonId}
          onClick={() => void publish()}
        >
          Publish version {next}
        </Button>
        {reason !== null && (
          <p id={reasonId} className="text-muted text-sm">
            {reason}
          </p>
        )}
      </div>
    </section>
  );
}

function ChangesSince({ promptId, version }: { promptId: string; version: number }) {
  const [open, setOpen] = useState(false);
  const diff = useQuery({ ...promptDiffQuery(promptId, version, 'draft'), enabled: open });
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="text-muted cursor-pointer py-1 text-sm">What changes since version {version}</summary>
      <PromptChanges diff={diff} label={`Changes since version ${version}`} />
    </details>
  );
}
