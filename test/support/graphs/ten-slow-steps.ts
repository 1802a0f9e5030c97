import type { Graph, GraphNode } from '../clients/agents.client.js';
import { chain } from './chain.js';

/** Paths of the ten steps, in the order in which they run. */
export const tenSteps = Array.from({ length: 10 }, (_none, index) => `s${index + 1}`);

/** Ten calls to a service, one after the other: `<baseUrl>/s1` to `<baseUrl>/s10`, safe to repeat under their key. */
export function tenSlowSteps(baseUrl: string): Graph {
  const nodes = tenSteps.map((id): GraphNode => ({
    id,
    kind: 'http',
    config: { method: 'POST', url: `${baseUrl}/${id}`, body: '{"from":{{ input.from | json }}}', idempotent: true },
  }));
  return chain(nodes, '{ "last": steps.s10.status }');
}
