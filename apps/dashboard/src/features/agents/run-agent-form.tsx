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
import { inputFieldsOf, inputOf, type InputField } from './input-form';

export interface RunAgentFormProps {
  agentId: string;
  version: number;
  /** JSON schema of the start node. */
  schema: unknown;
}

/** @throws Error for people when the text is not a JSON object */
function readObject(json: string): Record<string, unknown> {
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('Write a JSON object: { … }');
  return value as Record<string, unknown>;
}

/** The input of a run: a field per property where the schema is simple, JSON where it is not or when wanted. */
export function RunAgentForm({ agentId, version, schema }: RunAgentFormProps) {
  const navigate = useNavigate();
  const fields = inputFieldsOf(schema);
  const [asJson, setAsJson] = useState(fields === null);
  const [typed, setTyped] = useState<Record<string, string | boolean>>({});
  const [json, setJson] = useState('{}');
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [jsonProblem, setJsonProblem] = useState<string | undefined>();
  const messages = problem?.fieldMessages() ?? {};
  const [submitted, setSubmitted] = useState(false);
  const isMissing = (field: InputField) => field.required && field.type !== 'boolean' && !typed[field.name];
  const messageOf = (field: InputField) =>
    submitted && isMissing(field) ? `Fill in ${field.label}.` : messages[`input.${field.name}`];

  const run = async (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    setSubmitted(true);
    if (!asJson && fields?.some(isMissing)) return;
    let input: Record<string, unknown>;
    try {
      input = asJson || fields === null ? readObject(json) : inputOf(fields, typed);
    } catch (error) {
      setJsonProblem(error instanceof Error ? error.message : 'This is not JSON.');
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
    if (!asJson && fields) setJson(JSON.stringify(inputOf(fields, typed), null, 2));
    setAsJson(!asJson);
  };
  const shownAtFields = !asJson && fields?.some((field) => messageOf(field)) === true;
  return (
    <form onSubmit={(event) => void run(event)} noValidate className="flex flex-col gap-3">
      {!shownAtFields && <FormProblem problem={problem} />}
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
          <InputControl
            key={field.name}
            field={field}
            value={typed[field.name]}
            error={messageOf(field)}
            onChange={(value) => setTyped({ ...typed, [field.name]: value })}
          />
        ))
      )}
      <div className="flex items-center justify-between gap-2">
        {fields ? (
          <Button variant="quiet" size="sm" onClick={toggle}>
            {asJson ? 'Use fields' : 'Use JSON'}
          </Button>
        ) : (
          <span />
        )}
        <Button type="submit" variant="primary" icon={<Play />} pending={pending}>
          Run version {version}
        </Button>
      </div>
    </form>
  );
}

interface InputControlProps {
  field: InputField;
  value: string | boolean | undefined;
  error: string | undefined;
  onChange: (value: string | boolean) => void;
}

function InputControl({ field, value, error, onChange }: InputControlProps) {
  if (field.type === 'boolean') {
    return (
      <Checkbox
        label={field.label}
        hint={field.hint}
        checked={value === true}
        onChange={(event) => onChange(event.target.checked)}
      />
    );
  }
  const text = typeof value === 'string' ? value : '';
  return (
    <Field label={field.label} hint={field.hint} error={error} required={field.required}>
      {(control) => {
        if (field.options) {
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
        if (field.type === 'number')
          return (
            <Input
              {...control}
              type="number"
              step="any"
              value={text}
              onChange={(event) => onChange(event.target.value)}
            />
          );
        return <Textarea {...control} rows={3} value={text} onChange={(event) => onChange(event.target.value)} />;
      }}
    </Field>
  );
}
