import type { AgentTemplate } from './agent-template.js';

export const SUMMARISE_TEXT: AgentTemplate = {
  slug: 'summarise-text',
  name: 'Summarise a text',
  description:
    'Summarises articles, minutes or long mails in a few sentences. What is short already is handed back unchanged, without asking a model.',
  graph: {
    nodes: [
      {
        id: 'start',
        kind: 'start',
        config: {
          schema: {
            type: 'object',
            properties: { text: { type: 'string', title: 'Text', description: 'What to summarise.', minLength: 1 } },
            required: ['text'],
          },
        },
        position: { x: 0, y: 120 },
      },
      {
        id: 'size',
        kind: 'transform',
        name: 'Measure',
        config: { expression: '{ "characters": $length(input.text) }' },
        position: { x: 260, y: 120 },
      },
      {
        id: 'long',
        kind: 'condition',
        name: 'Longer than 280 characters?',
        config: { expression: 'steps.size.characters > 280' },
        position: { x: 520, y: 120 },
      },
      {
        id: 'summary',
        kind: 'llm',
        name: 'Summarise',
        config: {
          model: 'simulated/offline',
          system:
            'You summarise texts for busy readers. Keep names, numbers and dates; add nothing that the text does not say.',
          prompt: 'Summarise the following text in at most three sentences.\n\n<text>\n{{ input.text }}\n</text>',
        },
        retry: { maxAttempts: 3 },
        timeoutMs: 60_000,
        position: { x: 780, y: 20 },
      },
      {
        id: 'output',
        kind: 'output',
        config: {
          expression:
            '{ "summary": steps.summary ? steps.summary.text : input.text, "summarised": $exists(steps.summary), "characters": steps.size.characters }',
        },
        position: { x: 1040, y: 120 },
      },
    ],
    edges: [
      { from: 'start', to: 'size' },
      { from: 'size', to: 'long' },
      { from: 'long', to: 'summary', port: 'true' },
      { from: 'long', to: 'output', port: 'false' },
      { from: 'summary', to: 'output' },
    ],
  },
  sampleInput: {
    text: 'The city council of Marburg decided on Tuesday to close the Weidenhaus bridge to cars from 1 March. Engineers had found hairline cracks in two of its four pillars during the inspection in November. Buses, bicycles and pedestrians may go on using the bridge, because their load is a fraction of what it was built for in 1892. The repair is expected to cost 4.2 million euros and to take eighteen months; the state of Hesse pays two thirds of it. Shop owners in the old town fear for their trade and asked for a shuttle bus from the car park at the station. The council will vote on that in its next meeting on 14 February.',
  },
};
