import type { Graph } from '../clients/agents.client.js';
import { chain } from './chain.js';

/** Three pure steps: greets `input.name`, which the start schema asks for. `word` tells two of them apart. */
export function greeting(word = 'Hello'): Graph {
  return chain(
    [{ id: 'greet', kind: 'transform', config: { expression: `"${word}, " & input.name` } }],
    '{ "greeting": steps.greet }',
    { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
  );
}
