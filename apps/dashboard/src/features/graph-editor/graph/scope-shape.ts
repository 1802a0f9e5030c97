import { START_KIND, type Graph, type GraphNode } from './graph';
import { runsBefore } from './runs-before';

/** What is known about a value that expressions and templates can see. */
export interface Shape {
  /** A word about it, shown beside the completion: a type or the name of a step. */
  detail: string;
  fields: Readonly<Record<string, Shape>>;
}

const ANY: Shape = { detail: '', fields: {} };
const leaf = (detail: string): Shape => ({ detail, fields: {} });
const USAGE: Shape = { detail: 'object', fields: { inputTokens: leaf('number'), outputTokens: leaf('number') } };

/** Outputs whose form follows from the kind. Others are whatever their expression says. */
const OUTPUTS: Record<string, (node: GraphNode) => Shape['fields']> = {
  llm: ({ config }) => ({
    text: leaf('text'),
    ...(config.schema !== undefined && { json: shapeOfSchema(config.schema) }),
    usage: USAGE,
    model: leaf('text'),
    finishReason: leaf('text'),
    simulated: leaf('true or false'),
  }),
  http: () => ({ status: leaf('number'), headers: leaf('object'), body: leaf('') }),
};

/** What a node can use: the input of the run, the outputs of the steps that can run before it, and variables. */
export function scopeOf(graph: Graph, nodeId: string): Shape {
  const start = graph.nodes.find((node) => node.kind === START_KIND);
  const input = shapeOfSchema(start?.config.schema);
  const before = runsBefore(graph, nodeId);
  const steps = graph.nodes
    .filter((node) => before.has(node.id))
    .map((node) => [node.id, outputOf(node, input)] as const);
  return {
    detail: '',
    fields: {
      input: { ...input, detail: 'input of the run' },
      steps: { detail: 'outputs of earlier steps', fields: Object.fromEntries(steps) },
      vars: leaf('variables'),
    },
  };
}

/** The shape at the end of a path such as `['steps', 'sum', 'text']`; undefined when nothing is known there. */
export function shapeAt(scope: Shape, path: readonly string[]): Shape | undefined {
  return path.reduce<Shape | undefined>(
    (shape, part) => (shape && Object.hasOwn(shape.fields, part) ? shape.fields[part] : undefined),
    scope,
  );
}

function outputOf(node: GraphNode, input: Shape): Shape {
  const detail = node.name ?? node.kind;
  if (node.kind === START_KIND) return { ...input, detail };
  return { detail, fields: OUTPUTS[node.kind]?.(node) ?? {} };
}

function shapeOfSchema(schema: unknown, depth = 0): Shape {
  if (typeof schema !== 'object' || schema === null || depth > 8) return ANY;
  const { type, properties } = schema as { type?: unknown; properties?: unknown };
  const fields = typeof properties === 'object' && properties !== null ? Object.entries(properties) : [];
  const detail = Array.isArray(type) ? type.join(' or ') : typeof type === 'string' ? type : '';
  return { detail, fields: Object.fromEntries(fields.map(([name, each]) => [name, shapeOfSchema(each, depth + 1)])) };
}
