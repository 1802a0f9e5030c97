import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { orgUpdate } from '@/shared/api/generated/operations';
import type { Organisation } from '@/shared/api/generated/schema';
import { orgQuery } from '@/shared/api/queries';
import { FormProblem } from '@/shared/forms/form-problem';
import { required } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { session } from '@/shared/session/session';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { ErrorState } from '@/shared/ui/error-state';
import { Field } from '@/shared/ui/field';
import { IdChip } from '@/shared/ui/id-chip';
import { Input } from '@/shared/ui/input';
import { Skeleton } from '@/shared/ui/skeleton';
import { SavedNote } from './saved-note';
import { SettingsSection } from './settings-section';

/** Name and ids of the organisation. */
export function OrganisationPage() {
  const org = useQuery(orgQuery());
  if (org.isPending) return <Skeleton className="h-40" />;
  if (org.isError)
    return (
      <ErrorState title="The organisation could not be loaded" error={org.error} onRetry={() => void org.refetch()} />
    );
  return (
    <SettingsSection title="Organisation">
      <OrganisationForm org={org.data} />
    </SettingsSection>
  );
}

function OrganisationForm({ org }: { org: Organisation }) {
  const queryClient = useQueryClient();
  const canWrite = useCan('org:write');
  const [saved, setSaved] = useState(false);
  const form = useServerForm({ name: org.name }, async ({ name }) => {
    setSaved(false);
    await orgUpdate({ body: { name: name.trim() } });
    await Promise.all([session.loadMe(), queryClient.invalidateQueries({ queryKey: ['org'] })]);
    setSaved(true);
  });
  return (
    <form onSubmit={form.submit} noValidate className="flex max-w-sm flex-col gap-4">
      <FormProblem problem={form.problem} />
      <Field label="Name" error={form.errorOf('name')}>
        {(control) => <Input {...control} readOnly={!canWrite} {...form.register('name', required('a name'))} />}
      </Field>
      <dl className="grid grid-cols-[6rem_1fr] gap-y-1">
        <dt className="text-muted">Short name</dt>
        <dd className="font-mono text-sm">{org.slug}</dd>
        <dt className="text-muted">Id</dt>
        <dd>
          <IdChip id={org.id} label="organisation id" />
        </dd>
      </dl>
      {canWrite && (
        <div className="flex items-center gap-3">
          <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
            Save
          </Button>
          <SavedNote shown={saved && !form.formState.isDirty} />
        </div>
      )}
    </form>
  );
}
