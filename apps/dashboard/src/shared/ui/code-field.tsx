import { lazy, Suspense } from 'react';
import { Textarea } from './textarea';
import type { CodeEditorProps } from './code-editor';

const CodeEditor = lazy(() => import('./code-editor').then((module) => ({ default: module.CodeEditor })));

/** A field for JSON or plain code. The editor comes in its own chunk; until it is there, a text area takes the same text. */
export function CodeField(props: CodeEditorProps) {
  const { id, value, onChange, onBlur, label, readOnly, minLines = 6 } = props;
  return (
    <Suspense
      fallback={
        <Textarea
          id={id}
          aria-label={label}
          className="font-mono text-sm"
          rows={minLines}
          value={value}
          readOnly={readOnly}
          onChange={(event) => onChange?.(event.target.value)}
          onBlur={onBlur}
        />
      }
    >
      <CodeEditor {...props} />
    </Suspense>
  );
}
