import type { Graph } from '../clients/agents.client.js';
import { chain } from './chain.js';

/** One call to the built-in model, which streams its answer. */
export function summary(): Graph {
  return chain(
    [{ id: 'sum', kind: 'llm', config: { model: 'simulated/offline', prompt: 'Summarise: {{ input.text }}' } }],
    '{ "text": steps.sum.text }',
    { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
  );
}

/** A text of several sentences, so that its summary comes in several pieces. */
export const someText = Array.from(
  { length: 12 },
  (_none, index) =>
    `The bridge over the river was closed on day ${index + 1} because engineers found cracks in its pillars.`,
).join(' ');
