import { edgeKey, portOf, START_KIND, type Graph, type GraphNode, type NodeKind } from './graph';
import { connect, disconnect, makeEdge } from './edit-edges';
import { newNodeId } from './new-node-id';
import { freePort } from './node-ports';
import { GRID, NODE_WIDTH } from './node-size';

export interface Point {
  x: number;
  y: number;
}

/** Where a new node is to stand and what it is connected to. */
export interface Insertion {
  position: Point;
  /** Leads to the new node. */
  after?: { node: string; port: string };
  /** The new node leads there. */
  before?: { node: string };
  /** {@link edgeKey} of an edge that the new node is put into. */
  into?: string;
}

export interface Inserted {
  graph: Graph;
  id: string;
}

/** Adds a node of a kind with its defaults, connected as told as far as the kind allows. */
export function insertNode(graph: Graph, kind: NodeKind, insertion: Insertion): Inserted {
  const id = newNodeId(
    kind.kind,
    graph.nodes.map((node) => node.id),
  );
  const node: GraphNode = {
    id,
    kind: kind.kind,
    config: structuredClone(kind.defaults),
    position: freePlace(graph, insertion.position),
  };
  let next: Graph = { ...graph, nodes: [...graph.nodes, node] };
  const isEntered = kind.kind !== START_KIND;
  const leavesBy = freePort(node, kind, next) ?? undefined;
  const split = graph.edges.find((edge) => edgeKey(edge) === insertion.into);
  if (split && isEntered) {
    next = connect(disconnect(next, edgeKey(split)), makeEdge(split.from, id, portOf(split)));
    if (leavesBy !== undefined) next = connect(next, makeEdge(id, split.to, leavesBy));
    return { graph: next, id };
  }
  if (insertion.after && isEntered) next = connect(next, makeEdge(insertion.after.node, id, insertion.after.port));
  if (insertion.before && leavesBy !== undefined) next = connect(next, makeEdge(id, insertion.before.node, leavesBy));
  return { graph: next, id };
}

/** Removes nodes and every edge at them. */
export function removeNodes(graph: Graph, ids: ReadonlySet<string>): Graph {
  return {
    ...graph,
    nodes: graph.nodes.filter((node) => !ids.has(node.id)),
    edges: graph.edges.filter((edge) => !ids.has(edge.from) && !ids.has(edge.to)),
  };
}

/** Changes one node; `undefined` values remove their field, so that the graph stays as small as it was drawn. */
export function changeNode(graph: Graph, id: string, changes: Partial<Omit<GraphNode, 'id'>>): Graph {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => (node.id === id ? withoutUndefined<GraphNode>({ ...node, ...changes }) : node)),
  };
}

export function changeConfig(graph: Graph, id: string, name: string, value: unknown): Graph {
  const node = graph.nodes.find((each) => each.id === id);
  return node ? changeNode(graph, id, { config: withField(node.config, name, value) }) : graph;
}

/** Texts of a node that a prompt of the library takes the place of. */
const OWN_TEXTS = { prompt: undefined, system: undefined, text: undefined };

/** `undefined` takes the field out. */
export function withField(config: GraphNode['config'], name: string, value: unknown): GraphNode['config'] {
  const replaced = name === 'promptRef' && value !== undefined ? OWN_TEXTS : {};
  return withoutUndefined({ ...config, ...replaced, [name]: value });
}

/** @returns the same graph when nothing moves */
export function moveNodes(graph: Graph, positions: ReadonlyMap<string, Point>): Graph {
  let moved = false;
  const nodes = graph.nodes.map((node) => {
    const to = positions.get(node.id);
    if (!to || (node.position?.x === to.x && node.position.y === to.y)) return node;
    moved = true;
    return { ...node, position: { x: Math.round(to.x), y: Math.round(to.y) } };
  });
  return moved ? { ...graph, nodes } : graph;
}

/** The part of a graph that a copy takes along: nodes, and the edges between them. */
export function partOf(graph: Graph, ids: ReadonlySet<string>): Graph {
  return {
    nodes: graph.nodes.filter((node) => ids.has(node.id)),
    edges: graph.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to)),
  };
}

/** The nearest place to the wanted one that covers no other node, looking downwards. */
export function freePlace(graph: Graph, wanted: Point): Point {
  const isTaken = (place: Point) =>
    graph.nodes.some(
      ({ position }) => position && Math.abs(position.x - place.x) < NODE_WIDTH && Math.abs(position.y - place.y) < 72,
    );
  const place = { x: Math.round(wanted.x), y: Math.round(wanted.y) };
  while (isTaken(place)) place.y += GRID.y;
  return place;
}

function withoutUndefined<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Value;
}
