import type { Graph } from '../clients/agents.client.js';

/** Asks a person about its input; the run ends with `{ decision, by, data }`, whatever the decision is. */
export function approval(title = 'Go on?', config: Readonly<Record<string, unknown>> = {}): Graph {
  return {
    nodes: [
      { id: 'start', kind: 'start', config: { schema: { type: 'object' } } },
      { id: 'ask', kind: 'approval', config: { title, payload: 'input', ...config } },
      { id: 'output', kind: 'output', config: { expression: 'steps.ask' } },
    ],
    edges: [
      { from: 'start', to: 'ask' },
      { from: 'ask', to: 'output', port: 'approved' },
      { from: 'ask', to: 'output', port: 'rejected' },
      { from: 'ask', to: 'output', port: 'timeout' },
    ],
  };
}
