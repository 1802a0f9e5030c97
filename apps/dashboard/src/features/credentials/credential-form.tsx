import { credentialsCreate, credentialsUpdate } from '@/shared/api/generated/operations';
import type {
  CreateCredentialRequest,
  Credential,
  CredentialField,
  CredentialKind,
} from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { required } from '@/shared/forms/rules';
import { useServerForm, type ServerForm } from '@/shared/forms/use-server-form';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Select } from '@/shared/ui/select';
import { Textarea } from '@/shared/ui/textarea';
import { openingValues, savedValues, type CredentialValues } from './credential-values';

export interface CredentialFormProps {
  kind: CredentialKind;
  /** Null for a new one. */
  credential: Credential | null;
  onSaved: (credential: Credential) => void;
  onCancel: () => void;
}

const sharings = [
  { value: 'use', label: 'Everybody may use it' },
  { value: 'edit', label: 'Everybody may use and change it' },
  { value: 'private', label: 'Only I may use it' },
];

/** What a credential of one kind consists of, made from the kind's fields. */
export function CredentialForm({ kind, credential, onSaved, onCancel }: CredentialFormProps) {
  const form = useServerForm<CredentialValues>(openingValues(kind, credential), async (values) => {
    const body = savedValues(kind, values, credential);
    onSaved(
      credential === null
        ? await credentialsCreate({ body: { ...body, kind: kind.kind as CreateCredentialRequest['kind'] } })
        : await credentialsUpdate({ id: credential.id, body }),
    );
  });
  return (
    <form onSubmit={form.submit} noValidate className="flex flex-col gap-4">
      <FormProblem problem={form.problem} />
      <Field label="Name" error={form.errorOf('name')} className="max-w-sm">
        {(control) => (
          <Input
            {...control}
            autoFocus={credential !== null}
            autoComplete="off"
            {...form.register('name', required('a name'))}
          />
        )}
      </Field>
      {kind.fields.map((field) => (
        <KindField key={field.name} form={form} field={field} credential={credential} />
      ))}
      <Field
        label="Allowed hosts"
        required={kind.needsHosts}
        error={form.errorOf('allowedHosts')}
        hint={
          kind.needsHosts
            ? 'Where it may be sent, one a line: api.example.com, or *.example.com for all names below.'
            : 'Where it may be sent, one a line. Leave it empty for the hosts of the service.'
        }
        className="max-w-lg"
      >
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            spellCheck={false}
            className="font-mono text-sm"
            placeholder="api.example.com"
            {...form.register('allowedHosts', kind.needsHosts ? required('at least one host') : {})}
          />
        )}
      </Field>
      <Field label="Sharing" error={form.errorOf('sharing')} className="max-w-sm">
        {(control) => <Select {...control} options={sharings} {...form.register('sharing')} />}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
          {credential ? 'Save credential' : 'Keep credential'}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}

interface KindFieldProps {
  form: ServerForm<CredentialValues>;
  field: CredentialField;
  credential: Credential | null;
}

function KindField({ form, field, credential }: KindFieldProps) {
  const name = `fields.${field.name}` as const;
  const kept = credential?.secrets.find((secret) => secret.name === field.name);
  const needed = field.required && kept === undefined;
  const rules = needed ? required(field.title) : {};
  const hint = kept ? keptHint(kept.hint) : (field.description ?? undefined);
  return (
    <Field label={field.title} required={needed} error={form.errorOf(name)} hint={hint} className="max-w-lg">
      {(control) =>
        field.multiline ? (
          <Textarea {...control} spellCheck={false} className="font-mono text-sm" {...form.register(name, rules)} />
        ) : (
          <Input
            {...control}
            type={field.type === 'secret' ? 'password' : 'text'}
            inputMode={field.type === 'number' ? 'numeric' : field.type === 'url' ? 'url' : undefined}
            // Browsers would fill in the person's own password otherwise.
            autoComplete={field.type === 'secret' ? 'new-password' : 'off'}
            spellCheck={false}
            className={field.type === 'text' ? undefined : 'font-mono'}
            placeholder={kept ? '••••••••' : (field.placeholder ?? undefined)}
            {...form.register(name, rules)}
          />
        )
      }
    </Field>
  );
}

const keptHint = (lastSigns: string | null): string =>
  `Is set${lastSigns === null ? '' : `, ends in ${lastSigns}`}. Leave it empty to keep it.`;
