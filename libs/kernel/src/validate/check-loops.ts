import { GRAPH_LIMITS } from '../graph-limits.js';
import { pointer } from '../json/json-pointer.js';
import type { Problem } from '../problem.js';
import type { CheckedNode } from './checked-node.js';
import type { GraphShape } from './graph-shape.js';
import type { LoopBody, PortArc } from './loop-bodies.js';
import { reachableFrom, successorsOf } from './topology.js';

/** Each of these takes a look at the whole graph, and few are enough to see what is wrong. */
const ENTRANCE_PROBLEMS = 20;

/** Loops whose bodies can be told from what is around them, and lie inside one another or apart. */
export function checkLoops(shape: GraphShape): readonly Problem[] {
  const tooMany = countProblems(shape.nodes);
  if (tooMany.length > 0) return tooMany;
  const { bodies } = shape;
  const crossing = crossingProblems(shape);
  if (crossing.length > 0) return crossing.slice(0, GRAPH_LIMITS.problems);
  return [
    ...bodies.filter(({ size }) => size === 0).map((body) => emptyBodyProblem(shape, body)),
    ...outputProblems(shape),
    ...entranceProblems(shape),
    ...depthProblems(shape),
  ].slice(0, GRAPH_LIMITS.problems);
}

function countProblems(nodes: readonly CheckedNode[]): readonly Problem[] {
  const loops = nodes.filter(({ kind }) => kind?.bodyPort !== undefined);
  const first = loops[GRAPH_LIMITS.loops];
  if (first === undefined) return [];
  const message = `The graph has ${loops.length} loops, at most ${GRAPH_LIMITS.loops} are allowed: split the agent.`;
  return [{ pointer: pointer('nodes', first.index), code: 'graph.too_many_loops', message, nodeId: first.node.id }];
}

/** Two loops of which each is in the other's body: an edge leads from the inner body to the outer loop. */
function crossingProblems(shape: GraphShape): readonly Problem[] {
  const { nodes, arcs, bodies } = shape;
  const entrance = nodes.findIndex(({ kind }) => kind?.acceptInput !== undefined);
  const successors = bodies.length > 1 ? successorsOf(nodes.length, arcs) : [];
  const problems: Problem[] = [];
  for (const inner of bodies) {
    const others = bodies.filter(
      ({ position, members }) => inner.members[position] === 1 && members[inner.position] === 1,
    );
    if (others.length === 0) continue;
    // Of the two, the outer one is what a run comes to without the other.
    const withoutInner = reachableFrom([entrance], successors, inner.position);
    const outer = others.filter(({ position }) => withoutInner[position] === 1);
    problems.push(
      ...outer.flatMap((loop) => outwardArcs(arcs, inner, loop).map((arc) => crossingProblem(nodes, arc, inner))),
    );
    if (problems.length >= GRAPH_LIMITS.problems) break;
  }
  return problems;
}

function outwardArcs(arcs: readonly PortArc[], inner: LoopBody, outer: LoopBody): readonly PortArc[] {
  return arcs.filter(({ from, to }) => to === outer.position && inner.members[from] === 1);
}

function crossingProblem(nodes: readonly CheckedNode[], { from, to, index }: PortArc, inner: LoopBody): Problem {
  const [fromId, outerId, innerId] = [idAt(nodes, from), idAt(nodes, to), idAt(nodes, inner.position)];
  return {
    pointer: pointer('edges', index),
    code: 'graph.edge_out_of_loop',
    message: `The edge from “${fromId}” to “${outerId}” leaves the body of the loop “${innerId}” for the loop around it: lead it back to “${innerId}”, which goes on by “done”.`,
    nodeId: fromId,
  };
}

function emptyBodyProblem({ nodes }: GraphShape, { position, bodyPort }: LoopBody): Problem {
  const { index, node } = nodes[position] as CheckedNode;
  return {
    pointer: pointer('nodes', index),
    code: 'graph.loop_without_body',
    message: `The loop “${node.id}” has nothing to repeat: connect its port “${bodyPort}” to a node.`,
    nodeId: node.id,
  };
}

function outputProblems({ nodes, bodies }: GraphShape): readonly Problem[] {
  return nodes.flatMap(({ index, node, kind, config }, position) => {
    const endsRun = kind !== undefined && config !== undefined && kind.ports(config.value).length === 0;
    const body = endsRun ? bodies.find(({ members }) => members[position] === 1) : undefined;
    if (body === undefined) return [];
    const loopId = idAt(nodes, body.position);
    return {
      pointer: pointer('nodes', index),
      code: 'graph.output_in_loop',
      message: `The output “${node.id}” stands in the body of the loop “${loopId}”, where a run cannot end: lead to it from the port “done” of “${loopId}”.`,
      nodeId: node.id,
    };
  });
}

/** A body is entered by its loop's body port and by nothing else. */
function entranceProblems(shape: GraphShape): readonly Problem[] {
  const problems: Problem[] = [];
  for (const arc of shape.arcs) {
    if (problems.length >= ENTRANCE_PROBLEMS) break;
    const body = shape.bodies.find(
      ({ members, position, bodyPort }) =>
        members[arc.to] === 1 && members[arc.from] === 0 && (arc.from !== position || arc.port !== bodyPort),
    );
    if (body !== undefined) problems.push(entranceProblem(shape, arc, body));
  }
  return problems;
}

function entranceProblem(shape: GraphShape, arc: PortArc, body: LoopBody): Problem {
  const { nodes, arcs } = shape;
  const [fromId, toId, loopId] = [arc.from, arc.to, body.position].map((position) => idAt(nodes, position));
  const place = { pointer: pointer('edges', arc.index), nodeId: toId };
  const isInside = (position: number): boolean => body.members[position] === 1 || position === body.position;
  const inside = arcs.find((each) => each.to === arc.to && each !== arc && isInside(each.from));
  if (inside !== undefined && isAfterLoop(shape, arc.from, body)) {
    return {
      ...place,
      code: 'graph.node_in_and_after_loop',
      message: `Node “${toId}” is reached both in the body of the loop “${loopId}” and after it: remove the edge from “${idAt(nodes, inside.from)}” to “${toId}”, the loop goes on by “done” by itself.`,
    };
  }
  return {
    ...place,
    code: 'graph.edge_into_loop_body',
    message: `The edge from “${fromId}” to “${toId}” leads into the body of the loop “${loopId}” from outside: lead it to “${loopId}”, or do not reach “${toId}” from the body.`,
  };
}

function isAfterLoop({ nodes, arcs }: GraphShape, position: number, loop: LoopBody): boolean {
  const exits = arcs.filter(({ from, port }) => from === loop.position && port !== loop.bodyPort);
  if (position === loop.position) return true;
  return (
    reachableFrom(
      exits.map(({ to }) => to),
      successorsOf(nodes.length, arcs),
      loop.position,
    )[position] === 1
  );
}

function depthProblems({ nodes, bodies }: GraphShape): readonly Problem[] {
  const depthOf = (position: number): number => bodies.filter(({ members }) => members[position] === 1).length + 1;
  return bodies
    .filter(({ position }) => depthOf(position) > GRAPH_LIMITS.loopDepth)
    .map(({ position }) => {
      const { index, node } = nodes[position] as CheckedNode;
      const message = `The loop “${node.id}” is the ${depthOf(position)}th inside one another, and at most ${GRAPH_LIMITS.loopDepth} are allowed: move the inner ones into a sub-agent.`;
      return { pointer: pointer('nodes', index), code: 'graph.loops_too_deep', message, nodeId: node.id };
    });
}

function idAt(nodes: readonly CheckedNode[], position: number): string {
  return nodes[position]?.node.id ?? '';
}
