import { useQueryClient } from '@tanstack/react-query';
import { toolSetsUpdate } from '@/shared/api/generated/operations';
import type { ToolSetDetail } from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { required } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { SetCredentialField } from './set-credential-field';
import { keepToolSet } from './tool-set-queries';

interface Values {
  name: string;
  credentialId: string;
}

/** What may be changed of a set; its address and the names of its tools stay. */
export function ToolSetSettings({ set, onClose }: { set: ToolSetDetail; onClose: () => void }) {
  const queryClient = useQueryClient();
  const opening = { name: set.name, credentialId: set.credentialId ?? '' };
  const form = useServerForm<Values>(opening, async ({ name, credentialId }) => {
    const isOther = credentialId !== (set.credentialId ?? '');
    const body = { name, ...(isOther && { credentialId: credentialId === '' ? null : credentialId }) };
    keepToolSet(queryClient, await toolSetsUpdate({ id: set.id, body }));
    onClose();
  });
  return (
    <form
      aria-label="Settings of the tool set"
      onSubmit={form.submit}
      noValidate
      className="bg-surface flex flex-col gap-4 rounded-lg border p-4"
    >
      <FormProblem problem={form.problem} />
      <Field label="Name" error={form.errorOf('name')} className="max-w-sm">
        {(control) => (
          <Input {...control} autoFocus autoComplete="off" {...form.register('name', required('a name'))} />
        )}
      </Field>
      <SetCredentialField
        value={form.watch('credentialId')}
        error={form.errorOf('credentialId')}
        onChange={(id) => form.setValue('credentialId', id)}
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
          Save settings
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}
