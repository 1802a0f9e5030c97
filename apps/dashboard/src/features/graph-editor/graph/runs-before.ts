import type { Graph } from './graph';
import { withoutWaysBack } from './loops';

/** The ids of the nodes that can have run when this one starts: those from which a way leads to it. */
export function runsBefore(graph: Graph, id: string): Set<string> {
  const { edges } = withoutWaysBack(graph);
  const before = new Set<string>();
  const waiting = [id];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const edge of edges) {
      if (edge.to !== next || before.has(edge.from)) continue;
      before.add(edge.from);
      waiting.push(edge.from);
    }
  }
  return before;
}

/** Nodes in the order in which they can run; those in a circle, which cannot, come last. Equal ones keep the order of the graph. */
export function inRunningOrder(drawn: Graph): Graph['nodes'] {
  const graph = withoutWaysBack(drawn);
  const open = new Map(graph.nodes.map((node) => [node.id, 0]));
  for (const { from, to } of graph.edges) {
    const count = open.get(to);
    if (count !== undefined && open.has(from)) open.set(to, count + 1);
  }
  const ordered: Graph['nodes'] = [];
  const ready = graph.nodes.filter((node) => open.get(node.id) === 0);
  for (let node = ready.shift(); node !== undefined; node = ready.shift()) {
    ordered.push(node);
    open.delete(node.id);
    for (const { from, to } of graph.edges) {
      const count = open.get(to);
      if (from !== node.id || count === undefined) continue;
      open.set(to, count - 1);
      const target = count === 1 ? graph.nodes.find((each) => each.id === to) : undefined;
      if (target) ready.push(target);
    }
  }
  return [...ordered, ...graph.nodes.filter((node) => open.has(node.id))];
}
