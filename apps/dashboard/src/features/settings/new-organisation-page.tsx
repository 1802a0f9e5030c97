import { useNavigate } from '@tanstack/react-router';
import { switchOrg } from '@/features/frame/switch-org';
import { orgCreate } from '@/shared/api/generated/operations';
import { FormProblem } from '@/shared/forms/form-problem';
import { required } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { PageHeader } from '@/shared/ui/page-header';

/** A further organisation of which the person becomes the owner. */
export function NewOrganisationPage() {
  const navigate = useNavigate();
  const form = useServerForm({ name: '' }, async ({ name }) => {
    const org = await orgCreate({ body: { name: name.trim() } });
    await switchOrg(org.id);
    await navigate({ to: '/', search: { org: org.id } });
  });
  return (
    <>
      <PageHeader title="New organisation" />
      <form onSubmit={form.submit} noValidate className="flex max-w-sm flex-col gap-4 p-4 sm:p-6">
        <p className="text-muted">
          Agents, runs, people and keys of one organisation are invisible to every other. You will be its owner.
        </p>
        <FormProblem problem={form.problem} />
        <Field label="Name" error={form.errorOf('name')}>
          {(control) => <Input {...control} autoFocus {...form.register('name', required('a name'))} />}
        </Field>
        <Button type="submit" variant="primary" className="self-start" pending={form.formState.isSubmitting}>
          Make organisation
        </Button>
      </form>
    </>
  );
}
