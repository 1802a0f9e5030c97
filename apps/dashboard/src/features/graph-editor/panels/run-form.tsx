import { useNavigate } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { executionsStart } from '@/shared/api/generated/operations';
import { FormProblem } from '@/shared/forms/form-problem';
import { Button } from '@/shared/ui/button';
import { Checkbox } from '@/shared/ui/checkbox';
import { CodeField } from '@/shared/ui/code-field';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Select } from '@/shared/ui/select';
import { Textarea } from '@/shared/ui/textarea';
import { startFieldsOf, type StartField } from '../graph/start-fields';
import { inputFromFields, type TypedInput } from './run-input';

export interface RunFormProps {
  agentId: string;
  version: number;
  /** JSON schema of the version's start node. */
  schema: unknown;
}

/** The input of a run: a field for each that the start node asks for, or JSON. Starting it leads to its page. */
export function RunForm({ agentId, version, schema }: RunFormProps) {
  const navigate = useNavigate();
  const fields = startFieldsOf(schema);
  const hasFields = fields !== null && fields.length > 0;
  const [asJson, setAsJson] = useState(!hasFields);
  const [typed, setTyped] = useState<TypedInput>({});
  const [json, setJson] = useState('{}');
  const [jsonProblem, setJsonProblem] = useState<string | undefined>();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const messages = problem?.fieldMessages() ?? {};
  const isShownAtField = !asJson && fields?.some((field) => messages[`input.${field.name}`] !== undefined) === true;

  const start = async (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    let input: Record<string, unknown>;
    try {
      input = asJson ? (JSON.parse(json) as Record<string, unknown>) : inputFromFields(fields ?? [], typed);
    } catch (error) {
      setJsonProblem(`This is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}`);
      return;
    }
    setJsonProblem(undefined);
    setProblem(null);
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
  const toggle = () => {
    if (!asJson) {
      try {
        setJson(JSON.stringify(inputFromFields(fields ?? [], typed), null, 2));
      } catch {
        // What was typed is not JSON yet; the text field starts with what it had before.
      }
    }
    setAsJson(!asJson);
  };
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void start(event)}>
      {!isShownAtField && <FormProblem problem={problem} />}
      {asJson || fields === null ? (
        <Field label="Input (JSON)" error={jsonProblem}>
          {(control) => (
            <CodeField
              id={control.id}
              label="Input as JSON"
              value={json}
              onChange={setJson}
              invalid={jsonProblem !== undefined}
              describedBy={control['aria-describedby']}
            />
          )}
        </Field>
      ) : (
        fields.map((field) => (
          <RunField
            key={field.name}
            field={field}
            value={typed[field.name]}
            error={messages[`input.${field.name}`]}
            onChange={(value) => setTyped({ ...typed, [field.name]: value })}
          />
        ))
      )}
      {!asJson && jsonProblem !== undefined && <p className="text-danger text-sm">{jsonProblem}</p>}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button type="submit" variant="primary" icon={<Play />} pending={pending}>
          Run version {version}
        </Button>
        {hasFields && (
          <Button variant="quiet" size="sm" onClick={toggle}>
            {asJson ? 'Use fields' : 'Use JSON'}
          </Button>
        )}
      </div>
    </form>
  );
}

interface RunFieldProps {
  field: StartField;
  value: string | boolean | undefined;
  error: string | undefined;
  onChange: (value: string | boolean) => void;
}

function RunField({ field, value, error, onChange }: RunFieldProps) {
  const label = field.title || field.name;
  const text = typeof value === 'string' ? value : '';
  if (field.type === 'boolean') {
    return (
      <Checkbox
        label={label}
        hint={field.description}
        checked={value === true}
        onChange={(event) => onChange(event.target.checked)}
      />
    );
  }
  return (
    <Field label={label} hint={field.description} error={error} required={field.required}>
      {(control) => {
        if (field.options.length > 0) {
          const options = field.options.map((option) => ({ value: option, label: option }));
          return (
            <Select
              {...control}
              placeholder="Choose"
              options={options}
              value={text}
              onChange={(event) => onChange(event.target.value)}
            />
          );
        }
        if (field.type === 'string')
          return <Textarea {...control} rows={2} value={text} onChange={(event) => onChange(event.target.value)} />;
        if (field.type === 'number' || field.type === 'integer') {
          return (
            <Input
              {...control}
              type="number"
              step={field.type === 'integer' ? 1 : 'any'}
              value={text}
              onChange={(event) => onChange(event.target.value)}
            />
          );
        }
        return (
          <Textarea
            {...control}
            className="font-mono text-sm"
            placeholder={field.type === 'array' ? '[ … ]' : '{ … }'}
            rows={3}
            value={text}
            onChange={(event) => onChange(event.target.value)}
          />
        );
      }}
    </Field>
  );
}
