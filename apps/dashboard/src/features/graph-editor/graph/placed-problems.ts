import { edgeKey, type Graph, type Problem } from './graph';
import { isWithin, pointerOf, pointerParts } from './json-pointer';

/**
 * A problem at the thing it is about. The server counts (`/nodes/2/…`); while somebody edits, numbers shift and ids stay,
 * so problems are placed once, with the graph that was checked.
 */
export interface PlacedProblem {
  code: string;
  message: string;
  /** The node, when it is about one. */
  nodeId: string | null;
  /** {@link edgeKey}, when it is about one. */
  edge: string | null;
  /** JSON pointer inside the node or edge: `/config/expression`; '' for the thing as a whole. */
  field: string;
}

export function placeProblems(problems: readonly Problem[], graph: Graph): PlacedProblem[] {
  return problems.map(({ pointer, code, message, nodeId }) => {
    const [list, index, ...rest] = pointerParts(pointer);
    const node = list === 'nodes' ? graph.nodes[Number(index)] : undefined;
    const edge = list === 'edges' ? graph.edges[Number(index)] : undefined;
    if (edge) return { code, message, nodeId: null, edge: edgeKey(edge), field: pointerOf(...rest) };
    return { code, message, nodeId: node?.id ?? nodeId ?? null, edge: null, field: node ? pointerOf(...rest) : '' };
  });
}

export function problemsOfNode(problems: readonly PlacedProblem[], id: string): PlacedProblem[] {
  return problems.filter((problem) => problem.nodeId === id);
}

/** The messages for one field of a node, deeper ones included; undefined when all is well. */
export function fieldMessage(problems: readonly PlacedProblem[], nodeId: string, field: string): string | undefined {
  const found = problems.filter((problem) => problem.nodeId === nodeId && isWithin(problem.field, field));
  return found.map((problem) => problem.message).join(' ') || undefined;
}

/** The message for one entry of a field, by its key or number. */
export function entryMessage(
  problems: readonly PlacedProblem[],
  nodeId: string,
  field: string,
  entry: string | number,
): string | undefined {
  return fieldMessage(problems, nodeId, field + pointerOf(entry));
}

/** Problems that still have a place: the node or edge they are about may be gone since the graph was checked. */
export function problemsThatRemain(problems: readonly PlacedProblem[], graph: Graph): PlacedProblem[] {
  const ids = new Set(graph.nodes.map((node) => node.id));
  const keys = new Set(graph.edges.map(edgeKey));
  return problems.filter(
    ({ nodeId, edge }) => (nodeId === null || ids.has(nodeId)) && (edge === null || keys.has(edge)),
  );
}

/** The problem after the present one, round and round. */
export function nextProblem(
  problems: readonly PlacedProblem[],
  current: PlacedProblem | null,
  step: 1 | -1 = 1,
): PlacedProblem | null {
  if (problems.length === 0) return null;
  const at = problems.findIndex(
    (each) => current !== null && each.code === current.code && each.message === current.message,
  );
  if (at === -1) return problems[step === 1 ? 0 : problems.length - 1] ?? null;
  return problems[(at + step + problems.length) % problems.length] ?? null;
}
