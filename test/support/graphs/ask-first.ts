import type { Graph } from '../clients/agents.client.js';

/** Asks somebody whether a refund is paid; whoever approves leaves a note. */
export function askFirst(): Graph {
  const properties = { customer: { type: 'string' }, amount: { type: 'number' } };
  const note = { type: 'string', title: 'Note for the customer' };
  return {
    nodes: [
      { id: 'start', kind: 'start', config: { schema: { type: 'object', properties } } },
      {
        id: 'ask',
        kind: 'approval',
        name: 'Ask first',
        config: {
          title: 'Refund {{ input.amount }} € to {{ input.customer }}?',
          payload: 'input',
          form: { type: 'object', properties: { note }, required: ['note'] },
        },
      },
      { id: 'paid', kind: 'output', config: { expression: '{ "note": steps.ask.data.note }' } },
      { id: 'kept', kind: 'output', config: { expression: '{ "refused": true }' } },
    ],
    edges: [
      { from: 'start', to: 'ask' },
      { from: 'ask', to: 'paid', port: 'approved' },
      { from: 'ask', to: 'kept', port: 'rejected' },
    ],
  };
}
