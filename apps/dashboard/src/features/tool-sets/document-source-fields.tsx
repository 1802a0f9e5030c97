import { required } from '@/shared/forms/rules';
import type { ServerForm } from '@/shared/forms/use-server-form';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Select } from '@/shared/ui/select';
import type { SourceValues } from './document-source';
import { DocumentTextField } from './document-text-field';

const sources = [
  { value: 'url', label: 'From an address' },
  { value: 'text', label: 'Paste or upload its text' },
];

/** An OpenAPI document by its address or as text. */
export function DocumentSourceFields({ form }: { form: ServerForm<SourceValues> }) {
  const from = form.watch('from');
  return (
    <>
      <Field label="Document" className="max-w-sm">
        {(control) => <Select {...control} options={sources} {...form.register('from')} />}
      </Field>
      {from === 'url' ? (
        <Field
          label="Address of the document"
          error={form.errorOf('documentUrl')}
          hint="Fetched without any credential, and again whenever you look for changes."
        >
          {(control) => (
            <Input
              {...control}
              type="url"
              inputMode="url"
              spellCheck={false}
              className="font-mono"
              placeholder="https://api.example.com/openapi.json"
              {...form.register('documentUrl', required('the address of the document'))}
            />
          )}
        </Field>
      ) : (
        <DocumentTextField
          error={form.errorOf('document')}
          field={form.register('document', required('the text of the document'))}
          onRead={(text) => form.setValue('document', text, { shouldValidate: true })}
        />
      )}
    </>
  );
}
