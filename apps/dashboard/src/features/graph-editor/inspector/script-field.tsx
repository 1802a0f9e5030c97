import { lazy, Suspense } from 'react';
import { Field } from '@/shared/ui/field';
import { Textarea } from '@/shared/ui/textarea';
import { useEditor } from '../editor-context';
import { asText, textToConfig, type ConfigFieldProps } from './config-field';

const ScriptEditor = lazy(() => import('../code/script-editor').then((module) => ({ default: module.ScriptEditor })));

/** A short program. Until its editor has arrived, a text area takes the same text. */
export function ScriptField({ node, field, error, onChange, onLeave }: ConfigFieldProps) {
  const { readOnly } = useEditor();
  const value = asText(node.config[field.name]);
  const write = (text: string) => onChange(textToConfig(text, field.required));
  return (
    <Field label={field.label} hint={field.hint} error={error} required={field.required}>
      {(control) => (
        <Suspense
          fallback={
            <Textarea
              {...control}
              className="font-mono text-sm"
              rows={8}
              spellCheck={false}
              value={value}
              readOnly={readOnly}
              onChange={(event) => write(event.target.value)}
            />
          }
        >
          <ScriptEditor
            id={control.id}
            label={field.label}
            describedBy={control['aria-describedby']}
            invalid={error !== undefined}
            value={value}
            readOnly={readOnly}
            minLines={10}
            onChange={write}
            onBlur={onLeave}
          />
        </Suspense>
      )}
    </Field>
  );
}
