import type { CallOptions } from '../model/call-options.js';
import type { ToolDefinition } from '../model/tool.js';

const TICKET =
  'I was charged twice for my March subscription. Please refund one of the payments. My name is Jonas Weber.';

const WEATHER: ToolDefinition = {
  name: 'get_weather',
  description: 'Current weather of a city',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
};

/** A black dot. */
export const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
export const PICTURE_ADDRESS = 'https://pictures.example/dot.png';

/** The calls of the contract. Subjects with scripts or recordings may answer each as they like, of the right kind. */
export const CONTRACT_CALLS = {
  text: { messages: [{ role: 'user', content: `Summarise in two sentences: ${TICKET}` }] },
  'tool-call': { messages: [{ role: 'user', content: 'What is the weather in Paris?' }], tools: [WEATHER] },
  'parallel-tools': {
    messages: [{ role: 'user', content: 'What is the weather in Paris, and what is it in Berlin?' }],
    tools: [WEATHER],
  },
  'tool-result': {
    messages: [
      { role: 'user', content: 'What is the weather in Paris?' },
      {
        role: 'assistant',
        content: [
          { type: 'tool-call', toolCall: { id: 'call-1/a', toolName: 'get_weather', arguments: { city: 'Paris' } } },
        ],
      },
      { role: 'tool', toolCallId: 'call-1/a', toolName: 'get_weather', content: '{"celsius":18,"sky":"sunny"}' },
    ],
    tools: [WEATHER],
  },
  json: {
    messages: [{ role: 'user', content: `Classify the ticket.\n\n${TICKET}` }],
    responseFormat: {
      type: 'json',
      name: 'triage',
      schema: {
        type: 'object',
        properties: { category: { type: 'string', enum: ['billing', 'technical', 'other'] } },
        required: ['category'],
        additionalProperties: false,
      },
    },
  },
  length: { messages: [{ role: 'user', content: `Summarise in two sentences: ${TICKET}` }], maxTokens: 5 },
  image: {
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: `Summarise in two sentences: ${TICKET}` },
          { type: 'image', mediaType: 'image/png', source: { kind: 'base64', data: PICTURE } },
        ],
      },
    ],
  },
  'image-by-address': {
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: `Summarise in two sentences: ${TICKET}` },
          { type: 'image', mediaType: 'image/png', source: { kind: 'url', url: PICTURE_ADDRESS } },
        ],
      },
    ],
  },
  /** Asked only of subjects with a wire: the provider falls silent in the middle of its answer. */
  silence: { messages: [{ role: 'user', content: `Summarise in two sentences: ${TICKET}` }] },
} as const satisfies Readonly<Record<string, CallOptions>>;
