import { Field } from '@/shared/ui/field';
import { Select } from '@/shared/ui/select';
import { Textarea } from '@/shared/ui/textarea';
import type { WholeVariable } from './prompt-content';

export interface VariableValuesProps {
  variables: readonly WholeVariable[];
  /** By name; the example where nothing was typed. */
  typed: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
  onType: (name: string, text: string) => void;
}

const BOOLEANS = [
  { value: 'true', label: 'true' },
  { value: 'false', label: 'false' },
];

/** A field for each variable, filled in with its example. */
export function VariableValues({ variables, typed, errors, onType }: VariableValuesProps) {
  if (variables.length === 0) return <p className="text-muted text-sm">These words have no variables.</p>;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {variables.map((variable) => {
        const { name, type, description, example, required } = variable;
        const value = typed[name] ?? example;
        const hint = [description, type === 'list' || type === 'object' ? 'As JSON.' : ''].filter(Boolean).join(' ');
        return (
          <Field key={name} label={name} hint={hint || undefined} error={errors[name]} required={required}>
            {(control) =>
              type === 'boolean' ? (
                <Select
                  {...control}
                  placeholder="Not set"
                  options={BOOLEANS}
                  value={value}
                  onChange={(event) => onType(name, event.target.value)}
                />
              ) : (
                <Textarea
                  {...control}
                  rows={type === 'number' ? 1 : 2}
                  inputMode={type === 'number' ? 'decimal' : undefined}
                  className={type === 'text' ? 'max-h-60 min-h-8' : 'max-h-60 min-h-8 font-mono text-sm'}
                  value={value}
                  onChange={(event) => onType(name, event.target.value)}
                />
              )
            }
          </Field>
        );
      })}
    </div>
  );
}
