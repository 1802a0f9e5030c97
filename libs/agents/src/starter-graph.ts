import type { Graph } from '#kernel';

/** What a new agent starts with: it takes a text and hands it back, so that it can be published and run at once. */
export const STARTER_GRAPH: Graph = {
  nodes: [
    {
      id: 'start',
      kind: 'start',
      config: {
        schema: { type: 'object', properties: { text: { type: 'string', title: 'Text' } }, required: ['text'] },
      },
      position: { x: 0, y: 0 },
    },
    { id: 'output', kind: 'output', config: { expression: '{ "text": input.text }' }, position: { x: 280, y: 0 } },
  ],
  edges: [{ from: 'start', to: 'output' }],
};
