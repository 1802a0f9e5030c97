import { GRAPH_LIMITS } from '../graph-limits.js';
import type { Graph, GraphNode } from '../graph.js';
import { atOnce, inTurns } from '../in-turns.js';
import { pointer } from '../json/json-pointer.js';
import { JsonValueError, toPlainJson } from '../json/plain-json.js';
import type { NodeKindRegistry } from '../node-kind-registry.js';
import type { Problem } from '../problem.js';
import { checkEdges } from './check-edges.js';
import { checkCycles, checkEnds } from './check-flow.js';
import { checkLoops } from './check-loops.js';
import { checkNode } from './check-node.js';
import { checkReferences } from './check-references.js';
import type { CheckedNode } from './checked-node.js';
import { type GraphShape, shapeOf } from './graph-shape.js';

export interface GraphValidation {
  /** There when, and only when, no problem was found. */
  readonly graph?: Graph;
  readonly problems: readonly Problem[];
}

/** Finds everything that is wrong with a document that should be a graph. Never throws, whatever it is given. */
export function validateGraph(document: unknown, registry: NodeKindRegistry): GraphValidation {
  return atOnce(validation(document, registry));
}

/** The same for documents of strangers, which may be large: others get their turn in between. */
export function validateGraphInTurns(document: unknown, registry: NodeKindRegistry): Promise<GraphValidation> {
  return inTurns(validation(document, registry));
}

export function* validation(document: unknown, registry: NodeKindRegistry): Generator<void, GraphValidation> {
  const problems: Problem[] = [];
  const parts = readParts(document, problems);
  if (parts === undefined) return { problems };
  yield;

  const nodes = new Map<string, CheckedNode>();
  const malformedIds = new Set<unknown>();
  for (const [index, part] of parts.nodes.entries()) {
    const { checked, problems: found } = checkNode(part, index, registry);
    problems.push(...found);
    if (problems.length >= GRAPH_LIMITS.problems) return { problems: problems.slice(0, GRAPH_LIMITS.problems) };
    yield;
    if (checked === undefined) {
      if (typeof part === 'object' && part !== null && 'id' in part) malformedIds.add(part.id);
      continue;
    }
    const twin = nodes.get(checked.node.id);
    if (twin === undefined) nodes.set(checked.node.id, checked);
    else problems.push(duplicateId(checked, twin));
  }
  const { edges, problems: edgeProblems } = yield* checkEdges(parts.edges, nodes, malformedIds);
  problems.push(...edgeProblems);
  yield;
  // Where nodes are missing because they are malformed, everything around them would seem disconnected.
  if (nodes.size === parts.nodes.length) problems.push(...(yield* checkWays(shapeOf(nodes, edges))));
  if (problems.length > 0) return { problems: problems.slice(0, GRAPH_LIMITS.problems) };
  return { graph: { nodes: [...nodes.values()].map(asGraphNode), edges: edges.map(({ edge }) => edge) }, problems: [] };
}

function* checkWays(shape: GraphShape): Generator<void, readonly Problem[]> {
  const cycles = checkCycles(shape);
  yield;
  const problems = [...cycles, ...checkLoops(shape)];
  yield;
  const ends = checkEnds(shape);
  yield;
  // What comes before what is only known where the ways are in order.
  return [...ends, ...(problems.length > 0 ? problems : checkReferences(shape))];
}

function readParts(
  document: unknown,
  problems: Problem[],
): { readonly nodes: readonly unknown[]; readonly edges: readonly unknown[] } | undefined {
  const refuse = (at: string, code: string, message: string): undefined => {
    problems.push({ pointer: at, code, message });
    return undefined;
  };
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return refuse('', 'graph.not_an_object', 'A graph is an object with the lists “nodes” and “edges”.');
  }
  const { nodes, edges } = document as { nodes?: unknown; edges?: unknown };
  if (!Array.isArray(nodes)) return refuse('/nodes', 'graph.missing_field', 'The graph has no list “nodes”: add one.');
  if (!Array.isArray(edges)) return refuse('/edges', 'graph.missing_field', 'The graph has no list “edges”: add one.');
  if (nodes.length > GRAPH_LIMITS.nodes) {
    return refuse(
      '/nodes',
      'graph.too_many_nodes',
      `The graph has ${nodes.length} nodes, at most ${GRAPH_LIMITS.nodes} are allowed: split the agent.`,
    );
  }
  if (edges.length > GRAPH_LIMITS.edges) {
    return refuse(
      '/edges',
      'graph.too_many_edges',
      `The graph has ${edges.length} edges, at most ${GRAPH_LIMITS.edges} are allowed: split the agent.`,
    );
  }
  try {
    toPlainJson(document, { maxBytes: GRAPH_LIMITS.documentBytes, maxDepth: GRAPH_LIMITS.documentDepth });
  } catch (error) {
    const reason = error instanceof JsonValueError ? error.message : 'it cannot be read as JSON';
    return refuse('', 'graph.too_large', `The graph cannot be used: ${reason}.`);
  }
  for (const key of Object.keys(document).filter((name) => name !== 'nodes' && name !== 'edges')) {
    refuse(pointer(key), 'graph.unknown_field', `The graph has an unknown field “${key.slice(0, 64)}”: remove it.`);
  }
  return { nodes, edges };
}

function duplicateId({ index, node }: CheckedNode, twin: CheckedNode): Problem {
  return {
    pointer: pointer('nodes', index, 'id'),
    code: 'graph.duplicate_id',
    message: `The id “${node.id}” belongs to nodes number ${twin.index + 1} and ${index + 1}: give one of them another.`,
    nodeId: node.id,
  };
}

/** With the configuration as its schema has read it. */
function asGraphNode({ node, config }: CheckedNode): GraphNode {
  return { ...node, config: config?.value as GraphNode['config'] };
}
