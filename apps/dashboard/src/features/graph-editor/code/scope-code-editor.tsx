import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useRef, useState } from 'react';
import { CodeEditor } from '@/shared/ui/code-editor';
import { expressionLanguage } from './expression-language';
import type { ScopeCodeFieldProps } from './scope-code-field';
import { scopeCompletions } from './scope-completions';
import { templateMarks } from './template-marks';

const prose = EditorView.theme({
  '.cm-content': { fontFamily: 'var(--font-mono)', padding: '6px 0' },
  '.cm-line': { padding: '0 8px' },
});

/** CodeMirror for our two small languages. Use it through ScopeCodeField, which loads it lazily. */
export function ScopeCodeEditor({ language, scope, ...rest }: ScopeCodeFieldProps) {
  const latest = useRef(scope);
  latest.current = scope;
  const [extensions] = useState(() => {
    // One source for good: CodeMirror takes another function for another source and closes what it had open.
    const autocomplete = scopeCompletions(language, () => latest.current());
    return [
      prose,
      EditorState.languageData.of(() => [{ autocomplete }]),
      language === 'expression' ? expressionLanguage : templateMarks,
    ];
  });
  return <CodeEditor {...rest} language="plain" extensions={extensions} />;
}
