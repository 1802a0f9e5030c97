import { useState, type FormEvent } from 'react';
import { Play } from 'lucide-react';
import { ApiProblem } from '@/shared/api/api-problem';
import { toolsRun } from '@/shared/api/generated/operations';
import type { Tool } from '@/shared/api/generated/schema';
import { CredentialSelect } from '@/shared/credentials/credential-select';
import { FormProblem } from '@/shared/forms/form-problem';
import { SchemaFormFields } from '@/shared/forms/schema-form-fields';
import { useSchemaForm } from '@/shared/forms/use-schema-form';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { Field } from '@/shared/ui/field';
import { JsonViewer } from '@/shared/ui/json-viewer';

/** Runs one tool by hand, with a form made from its schema. */
export function TryTool({ tool }: { tool: Tool }) {
  const form = useSchemaForm(tool.inputSchema);
  const [credentialId, setCredentialId] = useState('');
  const [pending, setPending] = useState(false);
  const [answer, setAnswer] = useState<{ result: unknown } | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const messages = problem?.fieldMessages() ?? {};
  const isShownAtField =
    !form.asJson && form.fields?.some(({ name }) => messages[`arguments.${name}`] !== undefined) === true;

  const run = async (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    setProblem(null);
    const args = form.read();
    if (args === null) return;
    setPending(true);
    setAnswer(null);
    try {
      const body = { arguments: args, ...(credentialId !== '' && { credentialId }) };
      setAnswer(await toolsRun({ name: tool.name, body }, { deadlineMs: tool.timeoutMs + 10_000 }));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    } finally {
      setPending(false);
    }
  };
  return (
    <form noValidate className="flex flex-col gap-3" onSubmit={(event) => void run(event)}>
      {tool.effect === 'write' && (
        <Callout tone="warning">This tool changes something outside. Trying it is doing it.</Callout>
      )}
      {!isShownAtField && <FormProblem problem={problem} />}
      {tool.credential && (
        <Field label="Credential" required={tool.credential.required} className="max-w-sm">
          {(control) => (
            <CredentialSelect
              control={control}
              kinds={tool.credential?.kinds ?? []}
              placeholder={tool.credential?.required ? 'Choose a credential' : 'None'}
              value={credentialId}
              onChange={setCredentialId}
            />
          )}
        </Field>
      )}
      <SchemaFormFields form={form} label="Arguments" messageOf={(name) => messages[`arguments.${name}`]} />
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" icon={<Play />} pending={pending}>
          Run {tool.name}
        </Button>
        {form.toggle && (
          <Button variant="quiet" size="sm" onClick={form.toggle}>
            {form.asJson ? 'Use fields' : 'Use JSON'}
          </Button>
        )}
      </div>
      {answer && (
        <section aria-label="Result" aria-live="polite">
          <h3 className="mb-1 text-sm font-medium">Result</h3>
          <JsonViewer value={answer.result} label="Result" />
        </section>
      )}
    </form>
  );
}
