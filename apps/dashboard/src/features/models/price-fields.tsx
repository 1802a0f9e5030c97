import { Plus, Trash2 } from 'lucide-react';
import { useFieldArray } from 'react-hook-form';
import type { DatedPrice } from '@/shared/api/generated/schema';
import type { ServerForm } from '@/shared/forms/use-server-form';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { IconButton } from '@/shared/ui/icon-button';
import { Input } from '@/shared/ui/input';
import { formatRate } from './format-rate';
import { dollars, type ModelValues, NO_PRICE, optionalDollars } from './model-form-values';

const RATES = [
  { name: 'inputMicroUsd', label: 'Input', rule: dollars, placeholder: undefined },
  { name: 'cachedInputMicroUsd', label: 'Cached input', rule: optionalDollars, placeholder: 'as input' },
  { name: 'outputMicroUsd', label: 'Output', rule: dollars, placeholder: undefined },
] as const;

export interface PriceFieldsProps {
  form: ServerForm<ModelValues>;
  /** Those of the catalogue, as long as they hold. */
  listed: readonly DatedPrice[];
}

/** Prices with the days from which they hold; none at all leaves it to the catalogue. */
export function PriceFields({ form, listed }: PriceFieldsProps) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'prices' });
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-sm font-medium">Prices, in dollars for a million tokens</legend>
      {fields.length === 0 && <p className="text-muted text-sm">{listedWords(listed)}</p>}
      {fields.map(({ id }, index) => (
        <div key={id} className="flex flex-wrap items-start gap-2">
          <Field label="From" error={form.errorOf(`prices.${index}.validFrom`)} className="w-40">
            {(control) => <Input {...control} type="date" {...form.register(`prices.${index}.validFrom`)} />}
          </Field>
          {RATES.map(({ name, label, rule, placeholder }) => (
            <Field key={name} label={label} error={form.errorOf(`prices.${index}.${name}`)} className="w-28">
              {(control) => (
                <Input
                  {...control}
                  inputMode="decimal"
                  autoComplete="off"
                  className="tabular"
                  placeholder={placeholder}
                  {...form.register(`prices.${index}.${name}`, rule)}
                />
              )}
            </Field>
          ))}
          <span className="pt-6">
            <IconButton label={`Remove price ${index + 1}`} icon={<Trash2 />} onClick={() => remove(index)} />
          </span>
        </div>
      ))}
      <div>
        <Button size="sm" icon={<Plus />} disabled={fields.length >= 20} onClick={() => append(NO_PRICE)}>
          {fields.length === 0 ? 'Enter a price' : 'Another price from a later day'}
        </Button>
      </div>
    </fieldset>
  );
}

function listedWords(listed: readonly DatedPrice[]): string {
  const price = listed.at(-1);
  if (!price) return 'Nobody knows what it costs, so runs with it show no cost.';
  const since = price.validFrom === null ? '' : ` since ${price.validFrom}`;
  return `The provider’s list says ${formatRate(price.inputMicroUsd)} for input and ${formatRate(price.outputMicroUsd)} for output${since}.`;
}
