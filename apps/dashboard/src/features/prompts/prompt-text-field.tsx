import { useCallback, useRef } from 'react';
import { ScopeCodeField } from '@/features/graph-editor/code/scope-code-field';
import { Field } from '@/shared/ui/field';
import { variablesShape, type WholeVariable } from './prompt-content';

const LONGEST_TEXT = 65_536;

export interface PromptTextFieldProps {
  label: string;
  hint: string;
  value: string;
  variables: readonly WholeVariable[];
  error?: string;
  required: boolean;
  readOnly: boolean;
  minLines?: number;
  onChange: (text: string) => void;
}

/** One text of a prompt: its variables stand out and complete as they are typed. */
export function PromptTextField({
  label,
  hint,
  value,
  variables,
  error,
  required,
  readOnly,
  minLines = 4,
  onChange,
}: PromptTextFieldProps) {
  const latest = useRef(variables);
  latest.current = variables;
  const scope = useCallback(() => variablesShape(latest.current), []);
  const tooLong =
    value.length > LONGEST_TEXT ? `Use at most ${LONGEST_TEXT.toLocaleString('en-US')} characters.` : undefined;
  const problem = tooLong ?? error;
  return (
    <Field label={label} hint={hint} error={problem} required={required}>
      {(control) => (
        <ScopeCodeField
          id={control.id}
          label={label}
          describedBy={control['aria-describedby']}
          invalid={problem !== undefined}
          language="template"
          scope={scope}
          value={value}
          readOnly={readOnly}
          minLines={minLines}
          onChange={onChange}
        />
      )}
    </Field>
  );
}
