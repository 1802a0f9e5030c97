import { mapSources } from './config-sources';
import type { GraphNode, NodeKind } from './graph';

export interface Renamed {
  node: GraphNode;
  /** How many mentions of a step were rewritten. */
  count: number;
}

/** Follows new ids in everything a node says about other steps: `steps.<id>` in expressions, templates and their quoted forms. */
export function renameReferences(
  node: GraphNode,
  kindOf: (kind: string) => NodeKind | undefined,
  newIds: ReadonlyMap<string, string>,
): Renamed {
  let count = 0;
  const renamed = mapSources(node, kindOf, (text, language) => {
    const result = language === 'expression' ? renameInExpression(text, newIds) : renameInTemplate(text, newIds);
    count += result.count;
    return result.text;
  });
  return { node: renamed, count };
}

interface RenamedText {
  text: string;
  count: number;
}

/** Strings and comments are stepped over; a hyphen outside backticks is a minus in JSONata. */
const EXPRESSION_PARTS =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/\*[\s\S]*?\*\/|(?<prefix>(?:\$\$\s*\.\s*|(?<![\w$`]|\.\s*))steps\s*\.\s*)(?:`(?<quoted>[^`]+)`|(?<plain>[A-Za-z]\w*))/g;

function renameInExpression(text: string, newIds: ReadonlyMap<string, string>): RenamedText {
  let count = 0;
  const renamed = text.replaceAll(EXPRESSION_PARTS, (...match) => {
    const { prefix, quoted, plain } = match.at(-1) as Record<string, string | undefined>;
    const next = newIds.get(quoted ?? plain ?? '');
    if (prefix === undefined || next === undefined) return match[0];
    count += 1;
    return `${prefix}${expressionName(next)}`;
  });
  return { text: renamed, count };
}

/** How a step is called in an expression: `steps.sum`, but steps.`first-sum`. */
export function expressionName(id: string): string {
  return id.includes('-') ? `\`${id}\`` : id;
}

const TEMPLATE_TAGS = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;
const TEMPLATE_PARTS =
  /(?<prefix>(?<![\w.-])steps\s*)(?:\.\s*(?<plain>[A-Za-z][\w-]*)|\[\s*(?<mark>["'])(?<quoted>[^"']+)\k<mark>\s*\])|"[^"]*"|'[^']*'/g;

function renameInTemplate(text: string, newIds: ReadonlyMap<string, string>): RenamedText {
  let count = 0;
  const renamed = text.replaceAll(TEMPLATE_TAGS, (tag) =>
    tag.replaceAll(TEMPLATE_PARTS, (...match) => {
      const { prefix, plain, mark, quoted } = match.at(-1) as Record<string, string | undefined>;
      const next = newIds.get(plain ?? quoted ?? '');
      if (prefix === undefined || next === undefined) return match[0];
      count += 1;
      return mark === undefined ? `${prefix}.${next}` : `${prefix}[${mark}${next}${mark}]`;
    }),
  );
  return { text: renamed, count };
}
