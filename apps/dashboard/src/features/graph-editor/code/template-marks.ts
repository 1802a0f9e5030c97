import { RangeSetBuilder } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';

const TAGS = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;
const mark = Decoration.mark({ class: 'cm-template-tag' });

/** Sets what a template computes apart from its text. */
export const templateMarks = [
  EditorView.baseTheme({
    '.cm-template-tag': { color: 'var(--accent)', backgroundColor: 'var(--selected)', borderRadius: '3px' },
  }),
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = decorate(view);
      }

      update(update: ViewUpdate): void {
        if (update.docChanged || update.viewportChanged) this.decorations = decorate(update.view);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  ),
];

function decorate(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const match of view.state.doc.toString().matchAll(TAGS))
    builder.add(match.index, match.index + match[0].length, mark);
  return builder.finish();
}
