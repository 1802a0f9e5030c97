import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { SavedNote } from '@/features/settings/saved-note';
import { ApiProblem } from '@/shared/api/api-problem';
import { agentsGet, agentsUpdate } from '@/shared/api/generated/operations';
import type { Agent } from '@/shared/api/generated/schema';
import { agentQuery } from '@/shared/api/queries';
import { FormProblem } from '@/shared/forms/form-problem';
import { required } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Textarea } from '@/shared/ui/textarea';
import { AgentChangedNotice } from './agent-changed-notice';
import { changeOf, checkLimit, valuesOf } from './agent-settings-values';

/**
 * Name, description and limit of an agent. Saves only over the state it was opened with: when somebody else saved
 * meanwhile, what was typed stays and the person chooses.
 */
export function AgentSettingsForm({ agent }: { agent: Agent }) {
  const queryClient = useQueryClient();
  const isArchived = agent.archivedAt !== null;
  const canWrite = useCan('agents:write') && !isArchived;
  const [base, setBase] = useState(agent);
  const [theirs, setTheirs] = useState<Agent | null>(null);
  const [saved, setSaved] = useState(false);
  const form = useServerForm(valuesOf(agent), async (values, { reset }) => {
    setSaved(false);
    const over = theirs ?? base;
    try {
      const now = await agentsUpdate({ id: agent.id, body: changeOf(values) }, { ifMatch: `"${over.revision}"` });
      setTheirs(null);
      setBase(now);
      reset(valuesOf(now));
      setSaved(true);
      queryClient.setQueryData(agentQuery(agent.id).queryKey, now);
      void queryClient.invalidateQueries({ queryKey: ['agents', 'list'] });
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 412) throw error;
      setTheirs(await agentsGet({ id: agent.id }));
    }
  });
  const { reset } = form;
  const { isDirty, isSubmitting } = form.formState;
  const takeOver = (now: Agent) => {
    setTheirs(null);
    setBase(now);
    reset(valuesOf(now));
  };

  useEffect(() => {
    if (isDirty || isSubmitting || agent.revision <= base.revision) return;
    setBase(agent);
    reset(valuesOf(agent));
  }, [agent, base.revision, isDirty, isSubmitting, reset]);

  return (
    <form onSubmit={form.submit} noValidate className="flex max-w-lg flex-col gap-4">
      <FormProblem problem={form.problem} />
      {theirs && <AgentChangedNotice before={base} now={theirs} onTake={() => takeOver(theirs)} />}
      <Field label="Name" error={form.errorOf('name')}>
        {(control) => <Input {...control} readOnly={!canWrite} {...form.register('name', required('a name'))} />}
      </Field>
      <Field label="Description" error={form.errorOf('description')}>
        {(control) => <Textarea {...control} rows={3} readOnly={!canWrite} {...form.register('description')} />}
      </Field>
      <Field
        label="Runs at a time"
        error={form.errorOf('maxConcurrentRuns')}
        hint="Further runs are accepted and stay queued until one of these has ended. Empty: only the limit of the organisation holds."
      >
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            autoComplete="off"
            placeholder="No limit"
            className="tabular max-w-32"
            readOnly={!canWrite}
            {...form.register('maxConcurrentRuns', { validate: checkLimit })}
          />
        )}
      </Field>
      {canWrite ? (
        <div className="flex items-center gap-3">
          <Button type="submit" variant="primary" pending={isSubmitting}>
            {theirs ? 'Save mine over it' : 'Save'}
          </Button>
          <SavedNote shown={saved && !isDirty} />
        </div>
      ) : (
        <p className="text-muted text-sm">
          {isArchived ? 'An archived agent does not change.' : 'Your role may read this, not change it.'}
        </p>
      )}
    </form>
  );
}
