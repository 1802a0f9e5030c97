import { apiKeysCreate } from '@/shared/api/generated/operations';
import type { CreatedApiKey, Permission } from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { required } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { useMe } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { Checkbox } from '@/shared/ui/checkbox';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Select } from '@/shared/ui/select';

const DAY_MS = 86_400_000;
const USUAL_SCOPES: Permission[] = ['agents:read', 'executions:read', 'executions:start'];

const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: '', label: 'No end' },
];

export interface ApiKeyFormProps {
  onCreated: (key: CreatedApiKey) => void;
  onCancel: () => void;
}

/** Name, permissions and lifetime of a new key. Only what the person may do themselves can be chosen. */
export function ApiKeyForm({ onCreated, onCancel }: ApiKeyFormProps) {
  const { permissions } = useMe();
  const scopes = USUAL_SCOPES.filter((scope) => permissions.includes(scope));
  const form = useServerForm({ name: '', scopes, days: '90' }, async ({ name, scopes, days }) => {
    const expiresAt = days ? new Date(Date.now() + Number(days) * DAY_MS).toISOString() : undefined;
    onCreated(await apiKeysCreate({ body: { name: name.trim(), scopes, expiresAt } }));
  });
  const scopesProblem = form.errorOf('scopes');
  return (
    <form onSubmit={form.submit} noValidate className="bg-surface mb-4 flex flex-col gap-4 rounded-lg border p-4">
      <FormProblem problem={form.problem} />
      <div className="flex flex-wrap items-start gap-4">
        <Field label="Name" error={form.errorOf('name')} hint="What it is for." className="w-64">
          {(control) => (
            <Input {...control} autoFocus autoComplete="off" {...form.register('name', required('a name'))} />
          )}
        </Field>
        <Field label="Works for" error={form.errorOf('days')} className="w-32">
          {(control) => <Select {...control} options={lifetimes} {...form.register('days')} />}
        </Field>
      </div>
      <fieldset aria-describedby={scopesProblem && 'scopes-problem'}>
        <legend className="mb-1 text-sm font-medium">May</legend>
        <div className="grid gap-x-6 sm:grid-cols-2 lg:grid-cols-3">
          {permissions.map((permission) => (
            <Checkbox
              key={permission}
              value={permission}
              label={<span className="font-mono text-sm">{permission}</span>}
              {...form.register('scopes', {
                validate: (chosen) => chosen.length > 0 || 'Choose at least one permission.',
              })}
            />
          ))}
        </div>
        {scopesProblem && (
          <p id="scopes-problem" role="alert" className="text-danger mt-1 text-sm">
            {scopesProblem}
          </p>
        )}
      </fieldset>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
          Make key
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
