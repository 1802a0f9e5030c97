import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { SavedNote } from '@/features/settings/saved-note';
import { agentsUpdate } from '@/shared/api/generated/operations';
import type { Agent } from '@/shared/api/generated/schema';
import { agentQuery } from '@/shared/api/queries';
import { FormProblem } from '@/shared/forms/form-problem';
import { useServerForm } from '@/shared/forms/use-server-form';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Select } from '@/shared/ui/select';
import { chatChangeOf, chatValuesOf, checkDays, checkSlug, checkWindow, WHEN_BUSY } from './chat-settings-values';

/** How an agent holds conversations, and by what name programs talk to it. */
export function ChatSettingsForm({ agent }: { agent: Agent }) {
  const queryClient = useQueryClient();
  const canWrite = useCan('agents:write') && agent.archivedAt === null;
  const [saved, setSaved] = useState(false);
  const form = useServerForm(chatValuesOf(agent), async (values, { reset }) => {
    setSaved(false);
    // These fields are this form's alone, so there is nothing of somebody else's that could be overwritten unseen.
    const now = await agentsUpdate({ id: agent.id, body: chatChangeOf(values) });
    reset(chatValuesOf(now));
    setSaved(true);
    queryClient.setQueryData(agentQuery(agent.id).queryKey, now);
  });
  const { isDirty, isSubmitting } = form.formState;
  return (
    <form onSubmit={form.submit} noValidate className="flex max-w-lg flex-col gap-4">
      <FormProblem problem={form.problem} />
      <Field
        label="Slug"
        error={form.errorOf('slug')}
        hint="What OpenAI clients write as “model” to talk to this agent."
      >
        {(control) => (
          <Input
            {...control}
            className="font-mono"
            autoComplete="off"
            readOnly={!canWrite}
            {...form.register('slug', { validate: checkSlug })}
          />
        )}
      </Field>
      <Field label="A message while it still answers" error={form.errorOf('whenBusy')}>
        {(control) => (
          <Select {...control} options={[...WHEN_BUSY]} disabled={!canWrite} {...form.register('whenBusy')} />
        )}
      </Field>
      <Field
        label="Keep conversations (days)"
        error={form.errorOf('keepDays')}
        hint="After the last message. Empty: they are kept."
      >
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            placeholder="No limit"
            className="tabular max-w-32"
            readOnly={!canWrite}
            {...form.register('keepDays', { validate: checkDays })}
          />
        )}
      </Field>
      <Field
        label="Window (tokens)"
        error={form.errorOf('windowTokens')}
        hint="What the model is given of a conversation at most. What no longer fits is summarised, and found again when it matters."
      >
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            className="tabular max-w-32"
            readOnly={!canWrite}
            {...form.register('windowTokens', { validate: checkWindow })}
          />
        )}
      </Field>
      {canWrite && (
        <div className="flex items-center gap-3">
          <Button type="submit" variant="primary" pending={isSubmitting}>
            Save conversation settings
          </Button>
          <SavedNote shown={saved && !isDirty} />
        </div>
      )}
    </form>
  );
}
