import type { Graph, NodeKind } from '../graph/graph';

/** Kinds as the server describes them, as far as tests need. */
export const sampleKinds: NodeKind[] = [
  kind('start', ['out'], { schema: { title: 'Input schema', 'x-editor': 'json-schema', type: 'object' } }, [], {
    schema: { type: 'object' },
  }),
  kind(
    'transform',
    ['out'],
    { expression: { title: 'Expression', 'x-editor': 'expression', type: 'string', minLength: 1 } },
    ['expression'],
    { expression: 'input' },
  ),
  kind(
    'llm',
    ['out'],
    {
      model: { title: 'Model', 'x-editor': 'model', type: 'string' },
      prompt: { title: 'Prompt', 'x-editor': 'template', type: 'string', minLength: 1 },
      temperature: { title: 'Temperature', 'x-editor': 'number', type: 'number', minimum: 0, maximum: 2 },
    },
    ['model', 'prompt'],
    { model: 'simulated/offline', prompt: '{{ input.text }}' },
  ),
  kind(
    'switch',
    null,
    {
      expression: { title: 'Value', 'x-editor': 'expression', type: 'string' },
      cases: { title: 'Cases', 'x-editor': 'string-list', type: 'array', items: { type: 'string' }, minItems: 1 },
    },
    ['expression', 'cases'],
    { expression: 'input.kind', cases: ['a', 'b'] },
  ),
  kind(
    'http',
    ['out'],
    {
      url: { title: 'URL', 'x-editor': 'template', type: 'string' },
      headers: {
        'x-editor': 'key-values',
        type: 'object',
        additionalProperties: { 'x-editor': 'template', type: 'string' },
      },
    },
    ['url'],
    { url: 'https://example.com' },
  ),
  kind('output', [], { expression: { title: 'Output', 'x-editor': 'expression', type: 'string' } }, [], {}),
];

export const kindOfSample = (name: string) => sampleKinds.find((each) => each.kind === name);

/** start → size → route –a→ sum → out, and route –default→ out. */
export function sampleGraph(): Graph {
  return {
    nodes: [
      {
        id: 'start',
        kind: 'start',
        config: { schema: { type: 'object', properties: { text: { type: 'string' } } } },
        position: { x: 0, y: 0 },
      },
      { id: 'size', kind: 'transform', config: { expression: '$length(input.text)' }, position: { x: 264, y: 0 } },
      {
        id: 'route',
        kind: 'switch',
        config: { expression: 'steps.size', cases: ['a', 'b'] },
        position: { x: 528, y: 0 },
      },
      {
        id: 'sum',
        kind: 'llm',
        name: 'Summary',
        config: { model: 'simulated/offline', prompt: 'Of {{ steps.size }}: {{ input.text }}' },
        position: { x: 792, y: 0 },
      },
      {
        id: 'out',
        kind: 'output',
        config: { expression: '{ "text": steps.sum.text, "size": steps.size }' },
        position: { x: 1056, y: 0 },
      },
    ],
    edges: [
      { from: 'start', to: 'size' },
      { from: 'size', to: 'route' },
      { from: 'route', to: 'sum', port: 'a' },
      { from: 'route', to: 'out', port: 'default' },
      { from: 'sum', to: 'out' },
    ],
  };
}

function kind(
  name: string,
  ports: string[] | null,
  properties: Record<string, unknown>,
  required: string[],
  defaults: Record<string, unknown>,
): NodeKind {
  return {
    kind: name,
    title: name.charAt(0).toUpperCase() + name.slice(1),
    description: `What ${name} does.`,
    icon: 'box',
    group: 'flow',
    effect: 'pure',
    configSchema: { type: 'object', properties, required, additionalProperties: false },
    defaults,
    ports,
    mayBeInner: ports !== null && ports.length === 1,
  };
}
