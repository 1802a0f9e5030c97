import { pointer } from '../json/json-pointer.js';
import type { Problem } from '../problem.js';
import type { CheckedNode } from './checked-node.js';
import type { GraphShape } from './graph-shape.js';
import { findCycles, reachableFrom, successorsOf } from './topology.js';

/** Beginning, end and that everything lies between them. */
export function checkEnds(shape: GraphShape): readonly Problem[] {
  const starts = shape.nodes.filter(({ kind }) => kind?.acceptInput !== undefined);
  return [
    ...startProblems(starts),
    ...outputProblems(shape.nodes),
    ...(starts.length > 0 ? unreachableProblems(shape, starts) : []),
  ];
}

/** Ways that go round without passing a loop. */
export function checkCycles({ nodes, forwardArcs }: GraphShape): readonly Problem[] {
  const cycles = findCycles(successorsOf(nodes.length, forwardArcs));
  return cycles.map((cycle) => cycleProblem(cycle.map((position) => nodes[position] as CheckedNode)));
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

function cycleProblem(cycle: readonly CheckedNode[]): Problem {
  const [first] = cycle as [CheckedNode];
  const shown = cycle.slice(0, 12).map(({ node }) => `“${node.id}”`);
  const way = [...shown, ...(cycle.length > 12 ? ['…'] : []), shown[0]].join(' → ');
  return {
    pointer: pointer('nodes', first.index),
    code: 'graph.cycle',
    message: `The nodes ${way} go round in a circle: remove one of the edges between them, or repeat them with a node of kind “loop”.`,
    nodeId: first.node.id,
  };
}

function unreachableProblems({ nodes, positions, arcs }: GraphShape, starts: readonly CheckedNode[]): Problem[] {
  const startIds = starts.map(({ node }) => node.id);
  const startPositions = startIds.map((id) => positions.get(id) as number);
  const reached = reachableFrom(startPositions, successorsOf(nodes.length, arcs));
  return nodes
    .filter((_node, position) => reached[position] === 0)
    .map(({ index, node }) => ({
      pointer: pointer('nodes', index),
      code: 'graph.unreachable',
      message: `Node “${node.id}” can never run, because no way from “${startIds[0]}” leads to it: connect or remove it.`,
      nodeId: node.id,
    }));
}
