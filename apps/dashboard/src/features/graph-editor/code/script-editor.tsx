import { lineNumbers } from '@codemirror/view';
import { CodeEditor, type CodeEditorProps } from '@/shared/ui/code-editor';
import { javascriptLanguage } from './javascript-language';

const EXTENSIONS = [lineNumbers(), javascriptLanguage];

/** CodeMirror for a short program. Tab leaves the field, as everywhere; what indents is Ctrl/⌘ ]. */
export function ScriptEditor(props: CodeEditorProps) {
  return <CodeEditor {...props} language="plain" extensions={EXTENSIONS} />;
}
