import { layout, Graph as Layout } from '@dagrejs/dagre';
import { edgesFrom } from './edit-edges';
import { edgeKey, portOf, type Graph, type NodeKind } from './graph';
import { withoutWaysBack } from './loops';
import { nodePorts } from './node-ports';
import { GRID, NODE_WIDTH, nodeHeight } from './node-size';
import type { Point } from './edit-nodes';

/** A place for every node: left to right in the order of the run, as few crossings as dagre finds. */
export function tidyPositions(drawn: Graph, kindOf: (kind: string) => NodeKind | undefined): Map<string, Point> {
  const graph = withoutWaysBack(drawn);
  const sheet = new Layout({ multigraph: true });
  sheet.setGraph({ rankdir: 'LR', nodesep: 40, ranksep: GRID.x - NODE_WIDTH, edgesep: 16 });
  sheet.setDefaultEdgeLabel(() => ({}));
  const ids = new Set(graph.nodes.map((node) => node.id));
  for (const node of graph.nodes) {
    sheet.setNode(node.id, { width: NODE_WIDTH, height: nodeHeight(nodePorts(node, kindOf(node.kind), graph)) });
  }
  for (const edge of inPortOrder(graph, kindOf)) {
    if (ids.has(edge.from) && ids.has(edge.to)) sheet.setEdge(edge.from, edge.to, {}, edgeKey(edge));
  }
  layout(sheet);
  const places = new Map<string, Point>();
  for (const id of ids) {
    const { x = 0, y = 0, height = 0 } = sheet.node(id) as { x?: number; y?: number; height?: number };
    places.set(id, { x: Math.round(x - NODE_WIDTH / 2), y: Math.round(y - height / 2) });
  }
  return inversions(graph, kindOf, places) > 0 ? withPortsDownwards(graph, kindOf, places) : places;
}

/** dagre knows no ports: when more of them lead up than down, the drawing the other way round is the better one. */
function withPortsDownwards(
  graph: Graph,
  kindOf: (kind: string) => NodeKind | undefined,
  places: Map<string, Point>,
): Map<string, Point> {
  const heights = new Map(graph.nodes.map((node) => [node.id, nodeHeight(nodePorts(node, kindOf(node.kind), graph))]));
  const bottom = Math.max(...[...places].map(([id, { y }]) => y + (heights.get(id) ?? 0)));
  return new Map([...places].map(([id, { x, y }]) => [id, { x, y: bottom - y - (heights.get(id) ?? 0) }]));
}

/** How many pairs of ports lead crosswise, less those that lead as they stand. */
function inversions(
  graph: Graph,
  kindOf: (kind: string) => NodeKind | undefined,
  places: ReadonlyMap<string, Point>,
): number {
  let sum = 0;
  for (const node of graph.nodes) {
    const edges = edgesFrom(graph, node.id, nodePorts(node, kindOf(node.kind), graph));
    edges.forEach((upper, index) => {
      for (const lower of edges.slice(index + 1)) {
        if (portOf(upper) !== portOf(lower))
          sum += Math.sign((places.get(upper.to)?.y ?? 0) - (places.get(lower.to)?.y ?? 0));
      }
    });
  }
  return sum;
}

/** A graph to draw: tidied when no node has a place; otherwise those without one stand in a row below the others. */
export function withPositions(graph: Graph, kindOf: (kind: string) => NodeKind | undefined): Graph {
  const homeless = graph.nodes.filter((node) => !node.position);
  if (homeless.length === 0) return graph;
  const places = homeless.length === graph.nodes.length ? tidyPositions(graph, kindOf) : rowBelow(graph);
  return {
    ...graph,
    nodes: graph.nodes.map((node) =>
      node.position ? node : { ...node, position: places.get(node.id) ?? { x: 0, y: 0 } },
    ),
  };
}

function rowBelow(graph: Graph): Map<string, Point> {
  const placed = graph.nodes.flatMap((node) => node.position ?? []);
  const left = Math.min(...placed.map(({ x }) => x));
  const bottom = Math.max(...placed.map(({ y }) => y)) + 2 * GRID.y;
  const homeless = graph.nodes.filter((node) => !node.position);
  return new Map(homeless.map((node, index) => [node.id, { x: left + index * GRID.x, y: bottom }]));
}

/** dagre keeps the order of edges where it can, so that the upper port leads to the upper node. */
function inPortOrder(graph: Graph, kindOf: (kind: string) => NodeKind | undefined): Graph['edges'] {
  const rank = new Map(
    graph.nodes.flatMap((node) =>
      nodePorts(node, kindOf(node.kind), graph).map((port, index) => [`${node.id} ${port.name}`, index] as const),
    ),
  );
  return graph.edges.toSorted(
    (a, b) => (rank.get(`${a.from} ${portOf(a)}`) ?? 0) - (rank.get(`${b.from} ${portOf(b)}`) ?? 0),
  );
}
