import { useNavigate } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { executionsStart } from '@/shared/api/generated/operations';
import { Button } from '@/shared/ui/button';
import { FormProblem } from './form-problem';
import { SchemaFormFields } from './schema-form-fields';
import { useSchemaForm } from './use-schema-form';

export interface StartRunFormProps {
  agentId: string;
  version: number;
  /** JSON Schema of the version's start node. */
  schema: unknown;
}

/** The input of a run: a field for each that the start node asks for, or JSON. Starting it leads to its page. */
export function StartRunForm({ agentId, version, schema }: StartRunFormProps) {
  const navigate = useNavigate();
  const form = useSchemaForm(schema, true);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const messages = problem?.fieldMessages() ?? {};
  const isShownAtField =
    !form.asJson && form.fields?.some(({ name }) => messages[`input.${name}`] !== undefined) === true;

  const start = async (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    setProblem(null);
    const input = form.read();
    if (input === null) return;
    setPending(true);
    try {
      const execution = await executionsStart({ body: { agentId, version, input } });
      await navigate({ to: '/runs/$executionId', params: { executionId: execution.id } });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    } finally {
      setPending(false);
    }
  };
  return (
    <form noValidate className="flex flex-col gap-3" onSubmit={(event) => void start(event)}>
      {!isShownAtField && <FormProblem problem={problem} />}
      <SchemaFormFields form={form} label="Input" messageOf={(name) => messages[`input.${name}`]} />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button type="submit" variant="primary" icon={<Play />} pending={pending}>
          Run version {version}
        </Button>
        {form.toggle && (
          <Button variant="quiet" size="sm" onClick={form.toggle}>
            {form.asJson ? 'Use fields' : 'Use JSON'}
          </Button>
        )}
      </div>
    </form>
  );
}
