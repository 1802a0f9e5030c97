import { GRAPH_LIMITS } from '../graph-limits.js';
import type { Problem } from '../problem.js';
import type { StepReference } from './checked-node.js';
import type { GraphShape } from './graph-shape.js';
import { type Arc, Ancestry, successorsOf } from './topology.js';
import { bodyAround } from './loop-bodies.js';
import { nearestName } from './nearest-name.js';

/**
 * Mentions of `steps.<id>` must name a node that lies on a way to the one that mentions it, or, in a body of a loop,
 * one of which it is certain that its last run was in the iteration before. For graphs whose ways are in order.
 */
export function checkReferences(shape: GraphShape): readonly Problem[] {
  const order = new StepOrder(shape);
  const ids = [...shape.positions.keys()];
  const problems: Problem[] = [];
  for (const [position, { node, references }] of shape.nodes.entries()) {
    for (const reference of references) {
      if (problems.length >= GRAPH_LIMITS.problems) return problems;
      const named = shape.positions.get(reference.stepId);
      if (named === undefined) problems.push(unknownStep(node.id, reference, ids));
      else if (!order.maySee(position, named, reference)) problems.push(laterStep(node.id, reference));
    }
  }
  return problems;
}

/** Which steps a node may see. */
class StepOrder {
  private readonly ancestry: Ancestry;

  constructor(private readonly shape: GraphShape) {
    const { nodes, bodies } = shape;
    this.ancestry = new Ancestry(successorsOf(nodes.length + bodies.length, arcsWithEnds(shape)));
  }

  maySee(position: number, named: number, { seesBody }: StepReference): boolean {
    const own = this.shape.bodies.find((body) => body.position === position);
    if (own?.members[named] === 1) return seesBody === true;
    if (this.ancestry.isBefore(named, position)) return true;
    const isInOneBody = this.shape.bodies.some(({ members }) => members[position] === 1 && members[named] === 1);
    return isInOneBody && (named === position || this.ancestry.isBefore(position, named));
  }
}

/**
 * Each loop gets a second point, its end, behind everything in its body: what comes after a loop also comes after the
 * steps of its body, although no edge says so.
 */
function arcsWithEnds({ nodes, bodies, forwardArcs }: GraphShape): readonly Arc[] {
  if (bodies.length === 0) return forwardArcs;
  const endOf = new Map(bodies.map(({ position }, index) => [position, nodes.length + index]));
  const bodyPorts = new Map(bodies.map(({ position, bodyPort }) => [position, bodyPort]));
  const arcs: Arc[] = forwardArcs.map(({ from, to, port }) => {
    const leavesLoop = bodyPorts.has(from) && bodyPorts.get(from) !== port;
    return leavesLoop ? { from: endOf.get(from) as number, to } : { from, to };
  });
  for (const [position, end] of endOf) arcs.push({ from: position, to: end });
  for (const position of nodes.keys()) {
    const around = bodyAround(position, bodies);
    if (around === undefined) continue;
    arcs.push({ from: endOf.get(position) ?? position, to: endOf.get(around.position) as number });
  }
  return arcs;
}

function unknownStep(nodeId: string, { stepId, pointer, language }: StepReference, ids: readonly string[]): Problem {
  const hyphenated = language === 'expression' ? ids.find((id) => id.startsWith(`${stepId}-`)) : undefined;
  const nearest = nearestName(stepId, ids);
  const advice =
    hyphenated !== undefined
      ? `write steps.\`${hyphenated}\` (a hyphen outside backticks is a minus).`
      : nearest !== undefined
        ? `did you mean “${nearest}”?`
        : 'correct the name or add the node.';
  const message = `Node “${nodeId}” uses steps.${stepId.slice(0, 64)}, but no node has this id: ${advice}`;
  return { pointer, code: 'graph.unknown_step', message, nodeId };
}

function laterStep(nodeId: string, { stepId, pointer }: StepReference): Problem {
  const message =
    stepId === nodeId
      ? `Node “${nodeId}” uses its own output steps.${stepId}, which is not there before it has run: use an earlier step.`
      : `Node “${nodeId}” uses steps.${stepId}, but no way leads from “${stepId}” to “${nodeId}”, so it has no output yet: connect them or use an earlier step.`;
  return { pointer, code: 'graph.step_not_before', message, nodeId };
}
