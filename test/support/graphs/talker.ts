import type { Graph } from '../clients/agents.client.js';

/** Answers what it is told with the built-in model; a message with "slow" in it takes `slowMs` longer. */
export function talker(slowMs = 700): Graph {
  return {
    nodes: [
      { id: 'start', kind: 'start', config: {} },
      { id: 'slow', kind: 'condition', config: { expression: '$contains(input.message, "slow")' } },
      { id: 'nap', kind: 'delay', config: { ms: slowMs } },
      { id: 'say', kind: 'llm', config: { model: 'simulated/offline', prompt: '{{ input.message }}' } },
      {
        id: 'out',
        kind: 'output',
        config: { expression: '{ "text": steps.say.text, "turns": $count(input.history) }' },
      },
    ],
    edges: [
      { from: 'start', to: 'slow' },
      { from: 'slow', to: 'nap', port: 'true' },
      { from: 'slow', to: 'say', port: 'false' },
      { from: 'nap', to: 'say' },
      { from: 'say', to: 'out' },
    ],
  };
}
