import { useState, type ComponentProps } from 'react';
import { Input } from '@/shared/ui/input';

export interface NumberInputProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type'> {
  /** A number; anything else shows as it is. */
  value: unknown;
  /** `undefined` when the field is empty. */
  onChange: (value: number | undefined) => void;
}

/** A number that may be half typed: `0.` stays as it is until it is one. */
export function NumberInput({ value, onChange, onBlur, ...rest }: NumberInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  return (
    <Input
      {...rest}
      type="number"
      inputMode="decimal"
      className="tabular"
      value={typed ?? shown}
      onChange={(event) => {
        setTyped(event.target.value);
        const number = event.target.valueAsNumber;
        if (event.target.value === '') onChange(undefined);
        else if (Number.isFinite(number)) onChange(number);
      }}
      onBlur={(event) => {
        setTyped(null);
        onBlur?.(event);
      }}
    />
  );
}
