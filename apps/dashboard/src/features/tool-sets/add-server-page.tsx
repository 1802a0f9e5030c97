import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { toolSetsCreate } from '@/shared/api/generated/operations';
import { FormProblem } from '@/shared/forms/form-problem';
import { required } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { PageHeader } from '@/shared/ui/page-header';
import { SetCredentialField } from './set-credential-field';
import { keepToolSet } from './tool-set-queries';
import { DISCOVERY_MS } from './tool-set-words';

interface Values {
  name: string;
  url: string;
  credentialId: string;
}

/** Adding a remote MCP server: it is asked for its tools at once. */
export function AddServerPage() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const form = useServerForm<Values>({ name: '', url: '', credentialId: '' }, async ({ name, url, credentialId }) => {
    const body = { kind: 'mcp' as const, name, url: url.trim(), ...(credentialId !== '' && { credentialId }) };
    const set = await toolSetsCreate({ body }, { deadlineMs: DISCOVERY_MS });
    keepToolSet(queryClient, set);
    await navigate({ to: '/tools/sets/$toolSetId', params: { toolSetId: set.id } });
  });
  return (
    <>
      <PageHeader above={<Link to="/tools/sets">Tool sets</Link>} title="Add MCP server" />
      <form
        onSubmit={form.submit}
        noValidate
        className="bg-surface m-4 flex max-w-2xl flex-col gap-4 rounded-lg border p-4 sm:m-6"
      >
        <FormProblem problem={form.problem} />
        <Field label="Name" error={form.errorOf('name')} className="max-w-sm">
          {(control) => (
            <Input {...control} autoFocus autoComplete="off" {...form.register('name', required('a name'))} />
          )}
        </Field>
        <Field
          label="Address"
          error={form.errorOf('url')}
          hint="Its endpoint for Streamable HTTP, on the public internet: https://mcp.example.com/mcp. Servers that are started by a command cannot be used."
        >
          {(control) => (
            <Input
              {...control}
              type="url"
              inputMode="url"
              spellCheck={false}
              className="font-mono"
              placeholder="https://mcp.example.com/mcp"
              {...form.register('url', required('the address of the server'))}
            />
          )}
        </Field>
        <SetCredentialField
          value={form.watch('credentialId')}
          error={form.errorOf('credentialId')}
          onChange={(id) => form.setValue('credentialId', id)}
        />
        <p className="text-muted text-sm">
          Its tools begin switched off: you look at what each says it does, then switch it on.
        </p>
        <div className="flex gap-2">
          <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
            Add server
          </Button>
          <Button asChild>
            <Link to="/tools/sets">Cancel</Link>
          </Button>
        </div>
      </form>
    </>
  );
}
