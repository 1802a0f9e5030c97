import type { Graph } from '../clients/agents.client.js';
import { chain } from './chain.js';

/** One call to a service; the run ends with its status. */
export function oneCall(url: string, config: Readonly<Record<string, unknown>> = {}): Graph {
  return chain(
    [{ id: 'call', kind: 'http', config: { method: 'GET', url, ...config } }],
    '{ "status": steps.call.status }',
  );
}
