import { useState } from 'react';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';

export interface RetryCodesProps {
  value: readonly string[];
  error: string | undefined;
  onChange: (codes: string[]) => void;
}

/** Which errors are tried again, as beginnings of their codes. While somebody types, the text stays as it is. */
export function RetryCodes({ value, error, onChange }: RetryCodesProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Field
      label="Only for these errors"
      error={error}
      hint="Beginnings of codes with commas between them, for example http., provider.rate_limited. Empty: all for which it can help."
    >
      {(control) => (
        <Input
          {...control}
          className="font-mono"
          spellCheck={false}
          value={typed ?? value.join(', ')}
          onChange={(event) => {
            setTyped(event.target.value);
            onChange(codesIn(event.target.value));
          }}
          onBlur={() => setTyped(null)}
        />
      )}
    </Field>
  );
}

function codesIn(text: string): string[] {
  const codes = text.split(/[\s,]+/).filter((code) => code !== '');
  return [...new Set(codes)];
}
