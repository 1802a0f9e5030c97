import { teamsCreate, teamsUpdate } from '@/shared/api/generated/operations';
import type { Member, Team } from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { required } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { Button } from '@/shared/ui/button';
import { Checkbox } from '@/shared/ui/checkbox';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';

export interface TeamFormProps {
  /** Absent for a new one. */
  team?: Team;
  members: readonly Member[];
  onDone: () => void;
  onCancel: () => void;
}

/** Name, description and members of a team. */
export function TeamForm({ team, members, onDone, onCancel }: TeamFormProps) {
  const defaults = { name: team?.name ?? '', description: team?.description ?? '', memberIds: team?.memberIds ?? [] };
  const form = useServerForm(defaults, async ({ name, description, memberIds }) => {
    const body = { name: name.trim(), description: description.trim(), memberIds };
    if (team) await teamsUpdate({ id: team.id, body });
    else await teamsCreate({ body });
    onDone();
  });
  return (
    <form onSubmit={form.submit} noValidate className="mb-4 flex max-w-md flex-col gap-4">
      <FormProblem problem={form.problem} />
      <Field label="Name" error={form.errorOf('name')} required>
        {(control) => <Input {...control} autoFocus {...form.register('name', required('a name'))} />}
      </Field>
      <Field label="Description" error={form.errorOf('description')} required={false}>
        {(control) => <Input {...control} {...form.register('description')} />}
      </Field>
      <fieldset>
        <legend className="mb-1 text-sm font-medium">Members</legend>
        {members.map((member) => (
          <Checkbox
            key={member.userId}
            value={member.userId}
            label={member.name ?? member.email}
            {...form.register('memberIds')}
          />
        ))}
      </fieldset>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
          {team ? 'Save team' : 'Make team'}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
