import type { GraphNode, NodeKind } from './graph';
import { formFieldsOf } from './form-fields';

/** The editors whose value says most about a node, best first. */
const TELLING = ['model', 'expression', 'template', 'text'];

/** The one line of a node on the canvas: its model, url or expression. '' when there is nothing to say. */
export function nodeEssence(node: GraphNode, kind: NodeKind | undefined): string {
  const { config } = node;
  if (node.kind === 'start') return startEssence(config.schema);
  if (typeof config.url === 'string')
    return oneLine([config.method, config.url].filter((each) => typeof each === 'string').join(' '));
  for (const editor of TELLING) {
    for (const field of formFieldsOf(kind)) {
      const value = config[field.name];
      if (field.editor === editor && typeof value === 'string' && value.trim() !== '') return oneLine(value);
    }
  }
  return node.kind === 'output' ? 'all steps' : '';
}

function startEssence(schema: unknown): string {
  const properties = typeof schema === 'object' && schema !== null && 'properties' in schema ? schema.properties : null;
  return Object.keys(properties ?? {}).join(', ') || 'any input';
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 160);
}
