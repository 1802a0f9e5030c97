import type { AgentTemplate } from './agent-template.js';

export const RATE_REVIEW: AgentTemplate = {
  slug: 'rate-review',
  name: 'Rate a customer review',
  description:
    'Reads the mood of a review and its topics side by side, and drafts an apology when the customer is unhappy.',
  graph: {
    nodes: [
      {
        id: 'start',
        kind: 'start',
        config: {
          schema: {
            type: 'object',
            properties: { review: { type: 'string', title: 'Review', minLength: 1 } },
            required: ['review'],
          },
        },
        position: { x: 0, y: 120 },
      },
      {
        id: 'mood',
        kind: 'llm',
        name: 'Mood',
        config: {
          model: 'simulated/offline',
          prompt:
            'Classify the sentiment of the review as one of: positive, neutral, negative.\n\n<text>\n{{ input.review }}\n</text>',
          schema: {
            type: 'object',
            properties: { sentiment: { type: 'string', enum: ['positive', 'neutral', 'negative'] } },
            required: ['sentiment'],
            additionalProperties: false,
          },
        },
        retry: { maxAttempts: 3 },
        timeoutMs: 60_000,
        position: { x: 260, y: 0 },
      },
      {
        id: 'topics',
        kind: 'llm',
        name: 'Topics',
        config: {
          model: 'simulated/offline',
          prompt: 'Give up to five keywords for the review.\n\n<text>\n{{ input.review }}\n</text>',
        },
        retry: { maxAttempts: 3 },
        timeoutMs: 60_000,
        position: { x: 260, y: 260 },
      },
      {
        id: 'unhappy',
        kind: 'condition',
        name: 'Unhappy?',
        config: { expression: 'steps.mood.json.sentiment = "negative"' },
        position: { x: 520, y: 0 },
      },
      {
        id: 'apology',
        kind: 'llm',
        name: 'Draft an apology',
        config: {
          model: 'simulated/offline',
          system: 'You answer reviews for a small company: honest, short, and without excuses.',
          prompt:
            'Write a reply to the customer that apologises and offers help.\n\n<message>\n{{ input.review }}\n</message>',
        },
        retry: { maxAttempts: 3 },
        timeoutMs: 60_000,
        position: { x: 780, y: -80 },
      },
      {
        id: 'output',
        kind: 'output',
        config: {
          expression:
            '{ "sentiment": steps.mood.json.sentiment, "topics": steps.topics.text, "reply": steps.apology.text }',
        },
        position: { x: 1040, y: 120 },
      },
    ],
    edges: [
      { from: 'start', to: 'mood' },
      { from: 'start', to: 'topics' },
      { from: 'mood', to: 'unhappy' },
      { from: 'unhappy', to: 'apology', port: 'true' },
      { from: 'unhappy', to: 'output', port: 'false' },
      { from: 'apology', to: 'output' },
      { from: 'topics', to: 'output' },
    ],
  },
  sampleInput: {
    review:
      'I ordered the standing desk three weeks ago and it arrived with a broken leg. The hotline kept me waiting for forty minutes and then told me to write an e-mail, which nobody has answered. Very disappointed, I want my money back.',
  },
};
