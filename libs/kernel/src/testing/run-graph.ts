import type { Graph } from '../graph.js';
import { NodeKindRegistry } from '../node-kind-registry.js';
import { compilePlan } from '../plan.js';
import type { RunOutcome } from '../run-host.js';
import { walk } from '../walk.js';
import type { MemoryRunHost } from './memory-run-host.js';

/** Walks a graph from its start to its outcome, with the built-in kinds unless the test brings others. */
export function runGraph(
  document: Graph,
  input: unknown,
  host: MemoryRunHost,
  kinds = new NodeKindRegistry(),
): Promise<RunOutcome> {
  return walk(compilePlan(document, kinds), input, host);
}
