import { START_KIND, type Graph, type GraphNode } from './graph';
import { previewOf, type LastRun } from './last-run';
import { loopBodies } from './loops';
import { runsBefore } from './runs-before';

/** What is known about a value that expressions and templates can see. */
export interface Shape {
  /** A word about it, shown beside the completion: a type or the name of a step. */
  detail: string;
  /** What it was in the last run, in a few words. */
  value?: string;
  fields: Readonly<Record<string, Shape>>;
}

const ANY: Shape = { detail: '', fields: {} };
const leaf = (detail: string): Shape => ({ detail, fields: {} });
const USAGE: Shape = { detail: 'object', fields: { inputTokens: leaf('number'), outputTokens: leaf('number') } };

const ITEM: Shape = { detail: 'variables', fields: { item: leaf('the item'), index: leaf('number, from 0') } };

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
  approval: ({ config }) => ({
    decision: leaf('text'),
    data: shapeOfSchema(config.form),
    by: leaf('text'),
  }),
  loop: () => ({
    index: leaf('number, in the body'),
    item: leaf('in the body'),
    iterations: leaf('number, behind it'),
    stopped: leaf('text, behind it'),
  }),
  classify: () => ({ label: leaf('text'), confidence: leaf('number') }),
  agent: () => ({ text: leaf('text'), turns: leaf('number'), toolCalls: leaf('list') }),
  delay: () => ({ until: leaf('number') }),
};

export interface ScopeOptions {
  lastRun?: LastRun | null;
  /** The field is worked out for each item of a map. */
  seesItem?: boolean;
}

/** What a node can use: the input of the run, the outputs of the steps that can run before it, and variables. */
export function scopeOf(graph: Graph, nodeId: string, { lastRun = null, seesItem = false }: ScopeOptions = {}): Shape {
  const start = graph.nodes.find((node) => node.kind === START_KIND);
  const input = withValues(shapeOfSchema(start?.config.schema), lastRun?.input);
  // The condition of a loop sees what its last round gave.
  const before = new Set([...runsBefore(graph, nodeId), ...(loopBodies(graph).get(nodeId) ?? [])]);
  const steps = graph.nodes
    .filter((node) => before.has(node.id))
    .map((node) => [node.id, withValues(outputOf(node, input), lastRun?.steps.get(node.id)?.output)] as const);
  return {
    detail: '',
    fields: {
      input: { ...input, detail: 'input of the run' },
      steps: { detail: 'outputs of earlier steps', fields: Object.fromEntries(steps) },
      vars: seesItem ? ITEM : leaf('variables'),
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

const DEEPEST = 6;
const MOST_FIELDS = 100;

/** Adds what the last run had there, and the fields that only it knows. */
function withValues(shape: Shape, value: unknown, depth = 0): Shape {
  if (value === undefined || value === null || depth > DEEPEST) return shape;
  const preview = previewOf(value);
  if (typeof value !== 'object' || Array.isArray(value)) return { ...shape, value: preview };
  const fields: Record<string, Shape> = { ...shape.fields };
  for (const [name, each] of Object.entries(value).slice(0, MOST_FIELDS)) {
    const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
    Object.defineProperty(fields, name, {
      value: withValues(known ?? ANY, each, depth + 1),
      enumerable: true,
      configurable: true,
    });
  }
  return { ...shape, value: preview, fields };
}
