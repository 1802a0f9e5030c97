import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Model } from '@/shared/api/generated/schema';
import { modelsQuery } from '@/shared/api/queries';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Select } from '@/shared/ui/select';
import { asText, type ConfigFieldProps } from './config-field';

const ANOTHER = '\u0000another';

/** One of the models that are set up, or any other by its name. */
export function ModelField({ node, field, error, onChange, onLeave }: ConfigFieldProps) {
  const models = useQuery(modelsQuery());
  const value = asText(node.config[field.name]);
  const listed = models.data?.data ?? [];
  const isListed = listed.some((model) => model.id === value);
  const [wantsAnother, setWantsAnother] = useState(false);
  const byName = wantsAnother || (!isListed && value !== '' && !models.isPending);
  const chosen = listed.find((model) => model.id === value);
  const hint = chosen?.simulated
    ? 'Offline, not a neural model: it answers by rules, at no cost.'
    : byName
      ? 'provider/model'
      : field.hint;
  const options = [
    ...listed.map((model) => ({ value: model.id, label: modelWords(model) })),
    ...(models.isPending && value !== '' ? [{ value, label: value }] : []),
    { value: ANOTHER, label: 'Another model…' },
  ];
  return (
    <Field label={field.label} hint={hint} error={error} required={field.required}>
      {(control) => (
        <span className="flex flex-col gap-1">
          <Select
            {...control}
            placeholder={value === '' && !byName ? 'Choose a model' : undefined}
            options={options}
            value={byName ? ANOTHER : value}
            onBlur={onLeave}
            onChange={(event) => {
              const isAnother = event.target.value === ANOTHER;
              setWantsAnother(isAnother);
              if (!isAnother) onChange(event.target.value === '' && !field.required ? undefined : event.target.value);
            }}
          />
          {byName && (
            <Input
              aria-label={`${field.label}: name`}
              className="font-mono"
              placeholder="provider/model"
              value={value}
              aria-invalid={error ? true : undefined}
              onChange={(event) => onChange(event.target.value)}
              onBlur={onLeave}
            />
          )}
        </span>
      )}
    </Field>
  );
}

function modelWords({ id, simulated, available }: Model): string {
  if (simulated) return `${id} (offline, not a neural model)`;
  return available ? id : `${id} (not set up)`;
}
