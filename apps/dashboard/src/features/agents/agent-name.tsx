import { useQueryClient } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { agentsUpdate } from '@/shared/api/generated/operations';
import type { Agent } from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { required } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { IconButton } from '@/shared/ui/icon-button';
import { Input } from '@/shared/ui/input';
import { Popover } from '@/shared/ui/popover';
import { Textarea } from '@/shared/ui/textarea';

/** The name of an agent and, beside it, where to change name and description. */
export function AgentName({ agent }: { agent: Agent }) {
  const [open, setOpen] = useState(false);
  const canWrite = useCan('agents:write');
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <span className="truncate">{agent.name}</span>
      {canWrite && (
        <Popover
          label="Name and description"
          className="w-80"
          open={open}
          onOpenChange={setOpen}
          trigger={<IconButton size="sm" label="Change name and description" icon={<Pencil />} />}
        >
          <AgentNameForm agent={agent} onDone={() => setOpen(false)} />
        </Popover>
      )}
    </span>
  );
}

function AgentNameForm({ agent, onDone }: { agent: Agent; onDone: () => void }) {
  const queryClient = useQueryClient();
  const form = useServerForm(
    { name: agent.name, description: agent.description ?? '' },
    async ({ name, description }) => {
      await agentsUpdate({ id: agent.id, body: { name: name.trim(), description: description.trim() } });
      await queryClient.invalidateQueries({ queryKey: ['agents'] });
      onDone();
    },
  );
  return (
    <form onSubmit={form.submit} noValidate className="flex flex-col gap-3 font-normal">
      <FormProblem problem={form.problem} />
      <Field label="Name" error={form.errorOf('name')}>
        {(control) => <Input {...control} {...form.register('name', required('a name'))} />}
      </Field>
      <Field label="Description" error={form.errorOf('description')}>
        {(control) => <Textarea {...control} rows={3} {...form.register('description')} />}
      </Field>
      <Button type="submit" variant="primary" className="self-end" pending={form.formState.isSubmitting}>
        Save
      </Button>
    </form>
  );
}
