import type { PlanNode } from '../plan.js';

/**
 * The nodes of a region all of whose ways end at this one: when it no longer waits for them, nobody needs them. A node
 * without edges is the end of a way of its own.
 */
export function onlyLeadingTo(goal: PlanNode, region: readonly PlanNode[]): readonly PlanNode[] {
  const sources = new Map<number, PlanNode[]>();
  for (const node of region) {
    for (const { target } of node.edges) {
      const known = sources.get(target);
      if (known === undefined) sources.set(target, [node]);
      else known.push(node);
    }
  }
  const edgesElsewhere = new Map<PlanNode, number>();
  const found: PlanNode[] = [];
  const open = [goal];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const source of sources.get(next.index) ?? []) {
      const left = (edgesElsewhere.get(source) ?? source.edges.length) - 1;
      edgesElsewhere.set(source, left);
      if (left > 0) continue;
      found.push(source);
      open.push(source);
    }
  }
  return found;
}
