import { Plus, Trash2 } from 'lucide-react';
import { useId } from 'react';
import type { PromptProblem } from '@/shared/api/generated/schema';
import { Button } from '@/shared/ui/button';
import { Checkbox } from '@/shared/ui/checkbox';
import { Field } from '@/shared/ui/field';
import { IconButton } from '@/shared/ui/icon-button';
import { Input } from '@/shared/ui/input';
import { Select } from '@/shared/ui/select';
import { Textarea } from '@/shared/ui/textarea';
import { newVariable, VARIABLE_TYPES, type WholeVariable } from './prompt-content';

const MOST_VARIABLES = 50;
const TYPES = VARIABLE_TYPES.map((type) => ({ value: type, label: type }));

export interface VariablesTableProps {
  variables: readonly WholeVariable[];
  /** Names that a text uses and nobody has declared. */
  undeclared: readonly string[];
  problems: readonly PromptProblem[];
  readOnly: boolean;
  onChange: (variables: WholeVariable[]) => void;
  onDeclare: (name: string) => void;
}

/** What the texts leave open. */
export function VariablesTable({
  variables,
  undeclared,
  problems,
  readOnly,
  onChange,
  onDeclare,
}: VariablesTableProps) {
  const headingId = useId();
  const change = (index: number, patch: Partial<WholeVariable>) =>
    onChange(variables.map((each, at) => (at === index ? { ...each, ...patch } : each)));
  const messageAt = (pointer: string) => problems.find((each) => each.pointer === pointer)?.message;
  return (
    <section aria-labelledby={headingId} className="flex flex-col gap-2">
      <h2 id={headingId} className="text-sm font-medium">
        Variables
      </h2>
      {undeclared.length > 0 && (
        <p className="flex flex-wrap items-center gap-2 text-sm">
          <span className="text-muted">Used and not declared:</span>
          {undeclared.map((name) => (
            <Button key={name} size="sm" icon={<Plus />} onClick={() => onDeclare(name)}>
              Declare {name}
            </Button>
          ))}
        </p>
      )}
      {variables.length === 0 && (
        <p className="text-muted text-sm">
          None yet. Write <code className="text-accent">{'{{ name }}'}</code> in a text and declare it here.
        </p>
      )}
      <ul aria-label="Variables" className="flex flex-col gap-3">
        {variables.map((variable, index) => (
          <li key={index} className="bg-surface rounded-md border p-3">
            <VariableFields
              variable={variable}
              index={index}
              readOnly={readOnly}
              nameError={messageAt(`/variables/${index}/name`)}
              exampleError={messageAt(`/variables/${index}/example`)}
              unused={messageAt(`/variables/${index}`)}
              onChange={(patch) => change(index, patch)}
              onRemove={() => onChange(variables.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ul>
      {!readOnly && (
        <Button
          size="sm"
          icon={<Plus />}
          className="self-start"
          disabled={variables.length >= MOST_VARIABLES}
          onClick={() => onChange([...variables, newVariable('')])}
        >
          Add a variable
        </Button>
      )}
    </section>
  );
}

interface VariableFieldsProps {
  variable: WholeVariable;
  index: number;
  readOnly: boolean;
  nameError?: string;
  exampleError?: string;
  unused?: string;
  onChange: (patch: Partial<WholeVariable>) => void;
  onRemove: () => void;
}

function VariableFields({
  variable,
  index,
  readOnly,
  nameError,
  exampleError,
  unused,
  onChange,
  onRemove,
}: VariableFieldsProps) {
  const { name, type, description, example, required } = variable;
  const called = name === '' ? `variable ${index + 1}` : name;
  return (
    <div className="flex items-start gap-2">
      <div className="grid min-w-0 flex-1 gap-3 sm:grid-cols-2">
        <Field label="Name" error={nameError ?? unused} required>
          {(control) => (
            <Input
              {...control}
              className="font-mono"
              value={name}
              maxLength={64}
              readOnly={readOnly}
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => onChange({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label="Type">
          {(control) => (
            <Select
              {...control}
              options={TYPES}
              value={type}
              disabled={readOnly}
              onChange={(event) => onChange({ type: event.target.value as WholeVariable['type'] })}
            />
          )}
        </Field>
        <Field label="Description" required={false}>
          {(control) => (
            <Input
              {...control}
              value={description}
              maxLength={2_000}
              readOnly={readOnly}
              onChange={(event) => onChange({ description: event.target.value })}
            />
          )}
        </Field>
        <Field label="Example" required={false} error={exampleError}>
          {(control) => (
            <Textarea
              {...control}
              rows={1}
              className="max-h-40 min-h-8 overflow-y-auto"
              value={example}
              maxLength={10_000}
              readOnly={readOnly}
              onChange={(event) => onChange({ example: event.target.value })}
            />
          )}
        </Field>
        <Checkbox
          label="Has to have a value"
          checked={required}
          disabled={readOnly}
          onChange={(event) => onChange({ required: event.target.checked })}
        />
      </div>
      {!readOnly && <IconButton label={`Remove ${called}`} icon={<Trash2 />} onClick={onRemove} />}
    </div>
  );
}
