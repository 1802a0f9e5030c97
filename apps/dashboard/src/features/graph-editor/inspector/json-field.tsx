import { useRef } from 'react';
import { CodeField } from '@/shared/ui/code-field';
import { Field } from '@/shared/ui/field';
import { useEditor, unfinishedKey } from '../editor-context';
import { sameJson } from '../graph/same-json';
import type { ConfigFieldProps } from './config-field';

/** JSON as text. What is not JSON yet is kept as typed and named as a problem; the graph keeps the last value that was. */
export function JsonField({ node, field, error, onChange, onLeave }: ConfigFieldProps) {
  const { readOnly, unfinished, setUnfinished } = useEditor();
  const typed = unfinished.get(unfinishedKey(node.id, field.pointer));
  const value = node.config[field.name];
  const write = (text: string) => {
    if (text.trim() === '') {
      setUnfinished(node.id, field.pointer, null);
      onChange(undefined);
      return;
    }
    const parsed = parse(text, field.editor === 'json-schema');
    if ('problem' in parsed) {
      setUnfinished(node.id, field.pointer, { text, message: `${field.label} ${parsed.problem}` });
      return;
    }
    setUnfinished(node.id, field.pointer, null);
    if (JSON.stringify(parsed.value) !== JSON.stringify(value)) onChange(parsed.value);
  };
  return (
    <Field label={field.label} hint={field.hint} error={typed ? typed.message : error} required={field.required}>
      {(control) => (
        <JsonText
          key={node.id}
          id={control.id}
          label={field.label}
          describedBy={control['aria-describedby']}
          invalid={typed !== undefined || error !== undefined}
          value={value}
          typed={typed?.text}
          readOnly={readOnly}
          onChange={write}
          onBlur={onLeave}
        />
      )}
    </Field>
  );
}

interface JsonTextProps {
  id: string;
  label: string;
  describedBy: string | undefined;
  invalid: boolean;
  value: unknown;
  typed: string | undefined;
  readOnly: boolean;
  onChange: (text: string) => void;
  onBlur?: () => void;
}

/** The text belongs to whoever types: it is only written anew when the value changes from elsewhere. */
export function JsonText({ value, typed, onChange, ...rest }: JsonTextProps) {
  const text = useStableText(value, typed);
  return (
    <CodeField
      {...rest}
      value={text.shown}
      minLines={4}
      onChange={(next) => {
        text.remember(next);
        onChange(next);
      }}
    />
  );
}

function useStableText(value: unknown, typed: string | undefined) {
  const last = useRef<string | null>(null);
  const own = typed ?? last.current;
  const isOwn = own !== null && (typed !== undefined || sameJson(parseOrNothing(own), value));
  const shown = isOwn ? own : value === undefined ? '' : JSON.stringify(value, null, 2);
  return {
    shown,
    remember: (text: string) => {
      last.current = text;
    },
  };
}

function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function parse(text: string, isSchema: boolean): { value: unknown } | { problem: string } {
  try {
    const value = JSON.parse(text) as unknown;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isSchema && !isObject ? { problem: 'must be a JSON object, for example { "type": "object" }.' } : { value };
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be read';
    return { problem: `is not JSON yet, so it is not saved: ${reason}` };
  }
}
