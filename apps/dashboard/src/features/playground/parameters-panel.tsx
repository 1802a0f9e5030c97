import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { modelsQuery } from '@/shared/api/queries';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { BOUNDS, problemOf, type Parameters } from './parameters';

export interface ParametersPanelProps {
  parameters: Parameters;
  onChange: (parameters: Parameters) => void;
}

/** Another model and other parameters for the next turns. The agent itself stays as it is. */
export function ParametersPanel({ parameters, onChange }: ParametersPanelProps) {
  const models = useQuery(modelsQuery());
  const listId = useId();
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 font-medium">Try other settings</legend>
      <Field label="Model" hint="provider/model. Empty: the agent's own.">
        {(control) => (
          <>
            <Input
              {...control}
              list={listId}
              value={parameters.model}
              placeholder="The agent's own"
              onChange={(event) => onChange({ ...parameters, model: event.target.value })}
            />
            <datalist id={listId}>
              {(models.data?.data ?? []).map(({ id }) => (
                <option key={id} value={id} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      {(Object.keys(BOUNDS) as (keyof typeof BOUNDS)[]).map((name) => (
        <Field key={name} label={BOUNDS[name].label} error={problemOf(name, parameters[name])}>
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              value={parameters[name]}
              placeholder="The agent's own"
              onChange={(event) => onChange({ ...parameters, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </fieldset>
  );
}
