import { GRAPH_LIMITS } from '../graph-limits.js';
import type { GraphEdge } from '../graph.js';
import type { Problem } from '../problem.js';
import type { CheckedNode, StepReference } from './checked-node.js';
import { nearestName } from './nearest-name.js';
import { Ancestry, successorsOf } from './topology.js';

/** Mentions of `steps.<id>` must name a node that lies on a way to the one that mentions it. For graphs without cycles. */
export function checkReferences(
  nodes: ReadonlyMap<string, CheckedNode>,
  edges: readonly GraphEdge[],
): readonly Problem[] {
  const ancestry = new Ancestry(successorsOf(nodes.keys(), edges));
  const ids = [...nodes.keys()];
  const problems: Problem[] = [];
  for (const { node, references } of nodes.values()) {
    for (const reference of references) {
      if (problems.length >= GRAPH_LIMITS.problems) return problems;
      if (!nodes.has(reference.stepId)) problems.push(unknownStep(node.id, reference, ids));
      else if (!ancestry.isBefore(reference.stepId, node.id)) problems.push(laterStep(node.id, reference));
    }
  }
  return problems;
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
