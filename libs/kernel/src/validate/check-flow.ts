import type { GraphEdge } from '../graph.js';
import { pointer } from '../json/json-pointer.js';
import type { Problem } from '../problem.js';
import type { CheckedNode } from './checked-node.js';
import { findCycles, reachableFrom, successorsOf } from './topology.js';

/** Beginning, end and the ways between them. */
export function checkFlow(nodes: ReadonlyMap<string, CheckedNode>, edges: readonly GraphEdge[]): readonly Problem[] {
  const starts = [...nodes.values()].filter(({ kind }) => kind?.acceptInput !== undefined);
  const successors = successorsOf(nodes.keys(), edges);
  return [
    ...startProblems(starts),
    ...outputProblems([...nodes.values()]),
    ...findCycles(successors).map((cycle) => cycleProblem(cycle, nodes)),
    ...(starts.length > 0 ? unreachableProblems(nodes, starts, successors) : []),
  ];
}

function startProblems(starts: readonly CheckedNode[]): Problem[] {
  if (starts.length === 0) {
    const message = 'The graph has no start: add a node of kind “start” and connect it.';
    return [{ pointer: '/nodes', code: 'graph.no_start', message }];
  }
  return starts.slice(1).map(({ index, node }) => ({
    pointer: pointer('nodes', index),
    code: 'graph.several_starts',
    message: `Node “${node.id}” is a second start beside “${starts[0]?.node.id}”: remove one of them.`,
    nodeId: node.id,
  }));
}

function outputProblems(nodes: readonly CheckedNode[]): Problem[] {
  const hasOutput = nodes.some(({ kind, config }) => kind !== undefined && endsRun(kind, config));
  if (hasOutput) return [];
  const message = 'The graph has no output: add a node of kind “output” and lead to it.';
  return [{ pointer: '/nodes', code: 'graph.no_output', message }];
}

function endsRun(kind: NonNullable<CheckedNode['kind']>, config: CheckedNode['config']): boolean {
  return kind.ports(config === undefined ? kind.defaults : config.value).length === 0;
}

function cycleProblem(cycle: readonly string[], nodes: ReadonlyMap<string, CheckedNode>): Problem {
  const first = cycle[0] as string;
  const shown = cycle.length > 12 ? [...cycle.slice(0, 12), '…'] : cycle;
  return {
    pointer: pointer('nodes', nodes.get(first)?.index ?? 0),
    code: 'graph.cycle',
    message: `The nodes ${[...shown, first].map((id) => (id === '…' ? id : `“${id}”`)).join(' → ')} go round in a circle: remove one of the edges between them.`,
    nodeId: first,
  };
}

function unreachableProblems(
  nodes: ReadonlyMap<string, CheckedNode>,
  starts: readonly CheckedNode[],
  successors: ReturnType<typeof successorsOf>,
): Problem[] {
  const startIds = starts.map(({ node }) => node.id);
  const reached = reachableFrom(startIds, successors);
  return [...nodes.values()]
    .filter(({ node }) => !reached.has(node.id))
    .map(({ index, node }) => ({
      pointer: pointer('nodes', index),
      code: 'graph.unreachable',
      message: `Node “${node.id}” can never run, because no way from “${startIds[0]}” leads to it: connect or remove it.`,
      nodeId: node.id,
    }));
}
