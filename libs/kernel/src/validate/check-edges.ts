import { GRAPH_LIMITS } from '../graph-limits.js';
import { DEFAULT_PORT, ERROR_PORT, type GraphEdge } from '../graph.js';
import { pointer } from '../json/json-pointer.js';
import type { Problem } from '../problem.js';
import type { CheckedNode } from './checked-node.js';
import { edgeSchema } from './graph-schema.js';
import type { PlacedEdge } from './graph-shape.js';
import { nearestName } from './nearest-name.js';
import { nulCharacterProblem } from './nul-character.js';
import { problemsFromZod } from './zod-problems.js';

export interface EdgesCheck {
  /** Those that connect two existing nodes. */
  readonly edges: readonly PlacedEdge[];
  readonly problems: readonly Problem[];
}

/** A few milliseconds' worth. */
const EDGES_PER_TURN = 200;

/** Edges at nodes that exist but are malformed are left alone: the node's own problems come first. */
export function* checkEdges(
  documents: readonly unknown[],
  nodes: ReadonlyMap<string, CheckedNode>,
  malformedIds: ReadonlySet<unknown>,
): Generator<void, EdgesCheck> {
  const edges: PlacedEdge[] = [];
  const problems: Problem[] = [];
  const seen = new Map<string, number>();
  for (const [index, document] of documents.entries()) {
    if (problems.length >= GRAPH_LIMITS.problems) break;
    if (index % EDGES_PER_TURN === 0) yield;
    const parsed = edgeSchema.safeParse(document);
    const place = { pointer: pointer('edges', index), subject: `Edge number ${index + 1}` };
    if (!parsed.success) {
      problems.push(...problemsFromZod(parsed.error, document, place));
      continue;
    }
    const edge: GraphEdge = parsed.data;
    const missing = (['from', 'to'] as const).filter((end) => !nodes.has(edge[end]));
    const dangling = missing.filter((end) => !malformedIds.has(edge[end]));
    problems.push(...dangling.map((end) => danglingProblem(edge, end, index, nodes)));
    if (missing.length > 0) continue;
    edges.push({ edge, index });
    const key = JSON.stringify([edge.from, edge.to, portOf(edge)]);
    const first = seen.get(key);
    seen.set(key, first ?? index);
    const found = [
      edge.from === edge.to && selfProblem(edge, index),
      first !== undefined && duplicateProblem(edge, index, first),
      nulCharacterProblem(
        edge.port,
        `The port of edge number ${index + 1}`,
        pointer('edges', index, 'port'),
        edge.from,
      ) ?? portProblem(edge, index, nodes.get(edge.from) as CheckedNode),
      nodes.get(edge.to)?.kind?.acceptInput !== undefined && intoStartProblem(edge, index),
    ];
    problems.push(...found.filter((problem): problem is Problem => typeof problem === 'object'));
  }
  return { edges, problems };
}

export function portOf(edge: GraphEdge): string {
  return edge.port ?? DEFAULT_PORT;
}

function danglingProblem(
  edge: GraphEdge,
  end: 'from' | 'to',
  index: number,
  nodes: ReadonlyMap<string, CheckedNode>,
): Problem {
  const nearest = nearestName(edge[end], [...nodes.keys()]);
  const advice = nearest === undefined ? 'remove the edge or add the node' : `did you mean “${nearest}”?`;
  return {
    pointer: pointer('edges', index, end),
    code: 'graph.dangling_edge',
    message: `The edge from “${short(edge.from)}” to “${short(edge.to)}” needs a node “${short(edge[end])}”, which does not exist: ${advice}${advice.endsWith('?') ? '' : '.'}`,
  };
}

function selfProblem({ from }: GraphEdge, index: number): Problem {
  return {
    pointer: pointer('edges', index),
    code: 'graph.self_edge',
    message: `Node “${from}” is connected to itself: remove the edge.`,
    nodeId: from,
  };
}

function duplicateProblem(edge: GraphEdge, index: number, first: number): Problem {
  return {
    pointer: pointer('edges', index),
    code: 'graph.duplicate_edge',
    message: `The edge from “${edge.from}” (${portOf(edge)}) to “${edge.to}” is there twice, as edges number ${first + 1} and ${index + 1}: remove one.`,
    nodeId: edge.from,
  };
}

function intoStartProblem({ from, to }: GraphEdge, index: number): Problem {
  return {
    pointer: pointer('edges', index, 'to'),
    code: 'graph.edge_into_start',
    message: `Node “${to}” is where runs begin, so the edge from “${from}” cannot lead there: remove it.`,
    nodeId: to,
  };
}

function portProblem(edge: GraphEdge, index: number, { node, kind, config }: CheckedNode): Problem | undefined {
  if (kind === undefined || config === undefined) return undefined;
  const canFail = kind.acceptInput === undefined;
  const ports = [...kind.ports(config.value), ...(canFail ? [ERROR_PORT] : [])];
  const port = portOf(edge);
  if (ports.includes(port)) return undefined;
  const advice =
    kind.ports(config.value).length === 0
      ? `a node of kind “${node.kind}” ends its way, remove the edge`
      : `its ports are ${ports.join(', ')}`;
  return {
    pointer: pointer('edges', index, ...(edge.port === undefined ? [] : ['port'])),
    code: 'graph.unknown_port',
    message: `The edge from “${edge.from}” to “${edge.to}” leaves by the port “${short(port)}”, which “${edge.from}” does not have: ${advice}.`,
    nodeId: edge.from,
  };
}

function short(text: string): string {
  return text.length > 64 ? `${text.slice(0, 64)}…` : text;
}
