import { canonicalJson } from './graph-hash.js';
import { DEFAULT_PORT, type Graph, type GraphEdge, type GraphNode } from './graph.js';
import { pointer } from './json/json-pointer.js';

/** What distinguishes one version of an agent from another. Positions do not count. */
export interface GraphDiff {
  readonly nodes: {
    readonly added: readonly GraphNode[];
    readonly removed: readonly GraphNode[];
    readonly changed: readonly NodeChange[];
  };
  readonly edges: { readonly added: readonly EdgeChange[]; readonly removed: readonly EdgeChange[] };
}

export interface NodeChange {
  readonly nodeId: string;
  readonly changes: readonly ValueChange[];
}

export interface ValueChange {
  /** JSON pointer into the node, for example `/config/prompt`. */
  readonly pointer: string;
  /** Absent when the field is new. */
  readonly before?: unknown;
  /** Absent when the field is gone. */
  readonly after?: unknown;
}

export type EdgeChange = Required<GraphEdge>;

export function diffGraphs(before: Graph, after: Graph): GraphDiff {
  const [oldNodes, newNodes] = [byId(before), byId(after)];
  const [oldEdges, newEdges] = [edgesByText(before), edgesByText(after)];
  return {
    nodes: {
      added: after.nodes.filter(({ id }) => !oldNodes.has(id)),
      removed: before.nodes.filter(({ id }) => !newNodes.has(id)),
      changed: after.nodes.flatMap((node) => {
        const old = oldNodes.get(node.id);
        const changes = old === undefined ? [] : changesBetween(meaning(old), meaning(node), '');
        return changes.length === 0 ? [] : { nodeId: node.id, changes };
      }),
    },
    edges: {
      added: [...newEdges].filter(([text]) => !oldEdges.has(text)).map(([, edge]) => edge),
      removed: [...oldEdges].filter(([text]) => !newEdges.has(text)).map(([, edge]) => edge),
    },
  };
}

function byId(graph: Graph): ReadonlyMap<string, GraphNode> {
  return new Map(graph.nodes.map((node) => [node.id, node]));
}

function meaning({ position: _position, ...rest }: GraphNode): unknown {
  return rest;
}

function edgesByText(graph: Graph): ReadonlyMap<string, EdgeChange> {
  const edges = graph.edges.map(({ from, to, port = DEFAULT_PORT }) => ({ from, to, port }));
  return new Map(edges.map((edge) => [JSON.stringify([edge.from, edge.port, edge.to]), edge]));
}

/** Goes into objects; a list that differs anywhere differs as a whole, which is how people read it. */
function changesBetween(before: unknown, after: unknown, at: string): ValueChange[] {
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => changesBetween(own(before, key), own(after, key), at + pointer(key)));
  }
  if (before === undefined) return after === undefined ? [] : [{ pointer: at, after }];
  if (after === undefined) return [{ pointer: at, before }];
  return canonicalJson(before) === canonicalJson(after) ? [] : [{ pointer: at, before, after }];
}

function own(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
