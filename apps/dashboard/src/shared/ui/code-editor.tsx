import { json } from '@codemirror/lang-json';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import CodeMirror from '@uiw/react-codemirror';
import { tags } from '@lezer/highlight';
import { useMemo } from 'react';
import { classNames } from './class-names';

export interface CodeEditorProps {
  /** Names the editor for screen readers. */
  label: string;
  value: string;
  onChange?: (value: string) => void;
  onBlur?: () => void;
  language?: 'json' | 'plain';
  readOnly?: boolean;
  /** Height at first, in lines; grows up to 24. */
  minLines?: number;
  invalid?: boolean;
  id?: string;
  describedBy?: string;
  placeholder?: string;
  /** More of CodeMirror, for example completions. Keep it stable between renders. */
  extensions?: readonly Extension[];
}

const NO_EXTENSIONS: readonly Extension[] = [];

/** The tokens of the dashboard as a CodeMirror theme; the variables follow light and dark by themselves. */
const looks = EditorView.theme({
  '&': { backgroundColor: 'var(--surface)', color: 'var(--text)', fontSize: '0.8125rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-content': { fontFamily: 'var(--font-mono)', caretColor: 'var(--text)', padding: '6px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--faint)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'color-mix(in oklch, var(--accent) 26%, transparent)',
  },
  '.cm-placeholder': { color: 'var(--faint)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--selected)', color: 'var(--text)' },
});

const highlighting = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.propertyName, tags.keyword], color: 'var(--accent)' },
    { tag: [tags.number, tags.bool, tags.null], color: 'var(--warning)' },
    { tag: tags.string, color: 'var(--success)' },
    { tag: tags.comment, color: 'var(--muted)' },
    { tag: tags.invalid, color: 'var(--danger)' },
  ]),
);

/** CodeMirror in the looks of the dashboard. Use it through CodeField, which loads it lazily. */
export function CodeEditor({
  label,
  value,
  onChange,
  onBlur,
  language = 'json',
  readOnly = false,
  minLines = 6,
  invalid,
  id,
  describedBy,
  placeholder,
  extensions = NO_EXTENSIONS,
}: CodeEditorProps) {
  const all = useMemo(() => {
    // Editable content takes the focus anyway; read-only content is scrolled by keyboard because of the index.
    const attributes: Record<string, string> = { 'aria-label': label, tabindex: '0' };
    if (id) attributes.id = id;
    if (describedBy) attributes['aria-describedby'] = describedBy;
    if (invalid) attributes['aria-invalid'] = 'true';
    return [
      looks,
      highlighting,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of(attributes),
      ...(language === 'json' ? [json()] : []),
      ...extensions,
    ];
  }, [label, id, describedBy, invalid, language, extensions]);
  return (
    <div
      className={classNames(
        'focus-within:outline-accent overflow-hidden rounded-md border focus-within:outline-2',
        invalid ? 'border-danger' : 'border-line-control',
      )}
    >
      <CodeMirror
        theme="none"
        value={value}
        onChange={onChange}
        onBlur={onBlur}
        readOnly={readOnly}
        placeholder={placeholder}
        minHeight={`${minLines * 1.2}rem`}
        maxHeight="29rem"
        indentWithTab={false}
        basicSetup={{
          lineNumbers: language === 'json',
          foldGutter: false,
          highlightActiveLine: false,
          searchKeymap: false,
        }}
        extensions={all}
      />
    </div>
  );
}
