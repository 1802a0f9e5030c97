/** Jira's rich text (Atlassian Document Format), as far as plain text needs it. */
interface DocumentNode {
  readonly type?: string;
  readonly text?: string;
  readonly content?: readonly DocumentNode[];
}

const MAX_DEPTH = 50;
const BLOCKS = new Set(['paragraph', 'heading', 'listItem', 'codeBlock', 'blockquote', 'rule', 'tableRow']);

/** Paragraphs of a text as a document. */
export function documentOf(text: string): DocumentNode & { readonly version: 1 } {
  const paragraphs = text
    .split(/\n{2,}/)
    .map((each) => each.trim())
    .filter((each) => each !== '');
  return {
    type: 'doc',
    version: 1,
    content: paragraphs.map((each) => ({ type: 'paragraph', content: [{ type: 'text', text: each }] })),
  };
}

/** The text of a document, a line for each block. */
export function textOf(document: unknown): string {
  return written(document as DocumentNode | undefined, 0)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function written(node: DocumentNode | null | undefined, depth: number): string {
  if (typeof node !== 'object' || node === null || depth > MAX_DEPTH) return '';
  if (node.type === 'hardBreak') return '\n';
  const inside = Array.isArray(node.content)
    ? (node.content as DocumentNode[]).map((each) => written(each, depth + 1)).join('')
    : '';
  const text = `${typeof node.text === 'string' ? node.text : ''}${inside}`;
  return BLOCKS.has(node.type ?? '') ? `${text}\n` : text;
}
