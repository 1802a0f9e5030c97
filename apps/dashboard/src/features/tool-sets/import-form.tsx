import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { toolSetsCreate } from '@/shared/api/generated/operations';
import type { OpenApiPreview } from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { required } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import type { DocumentSource } from './document-source';
import { OperationsChooser } from './operations-chooser';
import { SetCredentialField } from './set-credential-field';
import { keepToolSet } from './tool-set-queries';
import { DISCOVERY_MS } from './tool-set-words';

interface Values {
  name: string;
  url: string;
  credentialId: string;
}

export interface ImportFormProps {
  source: DocumentSource;
  preview: OpenApiPreview;
  onBack: () => void;
}

/** What of a document becomes tools, where its API is, and with which credential it is called. */
export function ImportForm({ source, preview, onBack }: ImportFormProps) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const opening = { name: preview.title, url: preview.baseUrl, credentialId: '' };
  const form = useServerForm<Values>(opening, async ({ name, url, credentialId }) => {
    const set = await toolSetsCreate(
      {
        body: {
          kind: 'openapi',
          name,
          url: url.trim(),
          ...(credentialId !== '' && { credentialId }),
          ...source,
          operations: [...chosen],
        },
      },
      { deadlineMs: DISCOVERY_MS },
    );
    keepToolSet(queryClient, set);
    await navigate({ to: '/tools/sets/$toolSetId', params: { toolSetId: set.id } });
  });
  return (
    <form onSubmit={form.submit} noValidate className="bg-surface flex flex-col gap-4 rounded-lg border p-4">
      <FormProblem problem={form.problem} />
      <Field label="Name" error={form.errorOf('name')} className="max-w-sm">
        {(control) => (
          <Input {...control} autoFocus autoComplete="off" {...form.register('name', required('a name'))} />
        )}
      </Field>
      <Field
        label="Base URL"
        error={form.errorOf('url')}
        hint={
          preview.baseUrl === ''
            ? 'The document does not say where the API is.'
            : 'As the document says. Every operation is called below it.'
        }
      >
        {(control) => (
          <Input
            {...control}
            type="url"
            inputMode="url"
            spellCheck={false}
            className="font-mono"
            placeholder="https://api.example.com/v1"
            {...form.register('url', required('the base URL of the API'))}
          />
        )}
      </Field>
      <SetCredentialField
        value={form.watch('credentialId')}
        error={form.errorOf('credentialId')}
        onChange={(id) => form.setValue('credentialId', id)}
      />
      <OperationsChooser operations={preview.operations} chosen={chosen} onChange={setChosen} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" disabled={chosen.size === 0} pending={form.formState.isSubmitting}>
          {chosen.size === 1 ? 'Import 1 operation' : `Import ${chosen.size} operations`}
        </Button>
        <Button onClick={onBack}>Back</Button>
      </div>
    </form>
  );
}
