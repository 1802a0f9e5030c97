import type { GraphNode, NodeKind } from './graph';

export type SourceLanguage = 'expression' | 'template';

type JsonSchema = {
  'x-editor'?: string;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema | boolean;
};

/**
 * Rewrites every expression and template in a node's configuration, wherever the kind's schema says that one stands.
 * @returns the same node when nothing changes
 */
export function mapSources(
  node: GraphNode,
  kind: NodeKind | undefined,
  rewrite: (text: string, language: SourceLanguage) => string,
): GraphNode {
  if (!kind) return node;
  const config = mapValue(node.config, kind.configSchema, rewrite) as GraphNode['config'];
  return config === node.config ? node : { ...node, config };
}

function mapValue(
  value: unknown,
  schema: JsonSchema | boolean | undefined,
  rewrite: (text: string, language: SourceLanguage) => string,
): unknown {
  if (typeof schema !== 'object') return value;
  const editor = schema['x-editor'];
  if (typeof value === 'string')
    return editor === 'expression' || editor === 'template' ? rewrite(value, editor) : value;
  if (typeof value !== 'object' || value === null) return value;
  let changed = false;
  const mapEach = (each: unknown, inner: JsonSchema | boolean | undefined) => {
    const next = mapValue(each, inner, rewrite);
    changed ||= next !== each;
    return next;
  };
  const mapped = Array.isArray(value)
    ? value.map((each) => mapEach(each, schema.items))
    : Object.fromEntries(
        Object.entries(value).map(([key, each]) => [
          key,
          mapEach(each, schema.properties?.[key] ?? schema.additionalProperties),
        ]),
      );
  return changed ? mapped : value;
}
