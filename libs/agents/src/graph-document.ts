import type { FieldProblem } from '#platform/errors';
import { graphTooLarge, notAGraph } from './agents.errors.js';
import { isRecord } from './is-record.js';

/**
 * A graph as somebody drew it: small enough to keep and whole enough to be drawn, but not necessarily right.
 * Whether it is right is for the kernel to say.
 */
export interface GraphDocument {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}

interface DrawnNode {
  readonly id: string;
  readonly kind: string;
  readonly config: Readonly<Record<string, unknown>>;
}

interface DrawnEdge {
  readonly from: string;
  readonly to: string;
}

/** Of the JSON text. Every save and every version carries it, so it is far below the limit of a request body. */
const MAX_GRAPH_BYTES = 524_288;

/** Deeper nesting is nothing that a person drew, and would exhaust whoever walks it. */
const MAX_DEPTH = 100;

/**
 * @param parent pointer to the graph in the request body, for error messages
 * @throws AppError `agent.graph_too_large`, `agent.not_a_graph`
 */
export function readGraphDocument(value: unknown, parent = ''): GraphDocument {
  refuseDepth(value, parent);
  if (Buffer.byteLength(JSON.stringify(value) ?? '') > MAX_GRAPH_BYTES) throw graphTooLarge(MAX_GRAPH_BYTES);
  const problems = drawingProblems(value, parent);
  if (problems.length > 0) throw notAGraph(problems);
  return value as GraphDocument;
}

/** Level by level instead of recursively, because the depth is what is in doubt. */
function refuseDepth(value: unknown, parent: string): void {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) {
      throw notAGraph([
        {
          pointer: parent,
          code: 'graph.too_deep',
          message: `The graph nests lists and objects more than ${MAX_DEPTH} deep. Flatten it.`,
        },
      ]);
    }
    level = level.flatMap((each) =>
      typeof each === 'object' && each !== null ? (Object.values(each) as unknown[]) : [],
    );
  }
}

function drawingProblems(value: unknown, parent: string): FieldProblem[] {
  if (!isRecord(value)) return [shape(parent, 'The graph must be an object with the lists "nodes" and "edges".')];
  return [
    ...listProblems(value['nodes'], `${parent}/nodes`, (node, pointer) => [
      ...textProblems(node, pointer, ['id', 'kind']),
      ...(isRecord(node['config'])
        ? []
        : [shape(`${pointer}/config`, 'A node needs its configuration as an object; {} when there is none.')]),
    ]),
    ...listProblems(value['edges'], `${parent}/edges`, (edge, pointer) => textProblems(edge, pointer, ['from', 'to'])),
  ];
}

function listProblems(
  list: unknown,
  pointer: string,
  check: (item: Record<string, unknown>, pointer: string) => FieldProblem[],
): FieldProblem[] {
  if (!Array.isArray(list))
    return [shape(pointer, `"${pointer.split('/').at(-1) ?? ''}" must be a list; [] when there are none.`)];
  return list.flatMap((item: unknown, index) =>
    isRecord(item) ? check(item, `${pointer}/${index}`) : [shape(`${pointer}/${index}`, 'Must be an object.')],
  );
}

function textProblems(item: Record<string, unknown>, pointer: string, fields: readonly string[]): FieldProblem[] {
  return fields
    .filter((field) => typeof item[field] !== 'string')
    .map((field) => shape(`${pointer}/${field}`, `"${field}" is missing or not a text.`));
}

function shape(pointer: string, message: string): FieldProblem {
  return { pointer, code: 'graph.shape', message };
}
