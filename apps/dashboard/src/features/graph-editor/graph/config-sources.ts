import type { GraphNode, NodeKind } from './graph';

export type SourceLanguage = 'expression' | 'template';

type KindFinder = (kind: string) => NodeKind | undefined;

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
  kindOf: KindFinder,
  rewrite: (text: string, language: SourceLanguage) => string,
): GraphNode {
  const kind = kindOf(node.kind);
  if (!kind) return node;
  const config = mapValue(node.config, kind.configSchema, { kindOf, rewrite }) as GraphNode['config'];
  return config === node.config ? node : { ...node, config };
}

function mapValue(
  value: unknown,
  schema: JsonSchema | boolean | undefined,
  walk: { kindOf: KindFinder; rewrite: (text: string, language: SourceLanguage) => string },
): unknown {
  if (typeof schema !== 'object') return value;
  const editor = schema['x-editor'];
  if (typeof value === 'string')
    return editor === 'expression' || editor === 'template' ? walk.rewrite(value, editor) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (editor === 'node') return mapInnerNode(value, walk);
  let changed = false;
  const mapEach = (each: unknown, inner: JsonSchema | boolean | undefined) => {
    const next = mapValue(each, inner, walk);
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

/** A node that stands inside of another one brings the schema of its own kind. */
function mapInnerNode(value: object, walk: Parameters<typeof mapValue>[2]): object {
  const { kind, config } = value as { kind?: unknown; config?: unknown };
  const schema = typeof kind === 'string' ? walk.kindOf(kind)?.configSchema : undefined;
  const next = mapValue(config, schema, walk);
  return next === config ? value : { ...value, config: next };
}
