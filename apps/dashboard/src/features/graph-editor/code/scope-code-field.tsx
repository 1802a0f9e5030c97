import { lazy, Suspense } from 'react';
import type { CodeEditorProps } from '@/shared/ui/code-editor';
import { Textarea } from '@/shared/ui/textarea';
import type { SourceLanguage } from '../graph/config-sources';
import type { Shape } from '../graph/scope-shape';

const ScopeCodeEditor = lazy(() =>
  import('./scope-code-editor').then((module) => ({ default: module.ScopeCodeEditor })),
);

export interface ScopeCodeFieldProps extends Omit<CodeEditorProps, 'language' | 'extensions'> {
  language: SourceLanguage;
  /** What can be completed, asked anew each time. */
  scope: () => Shape;
}

/** A field for an expression or template. Until its editor has arrived, a text area takes the same text. */
export function ScopeCodeField(props: ScopeCodeFieldProps) {
  const { id, value, onChange, onBlur, label, readOnly, minLines = 2, placeholder } = props;
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
          placeholder={placeholder}
          onChange={(event) => onChange?.(event.target.value)}
          onBlur={onBlur}
        />
      }
    >
      <ScopeCodeEditor {...props} />
    </Suspense>
  );
}
