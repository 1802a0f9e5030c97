import type { AgentTemplate } from './agent-template.js';

export const ANSWER_WITH_TOOLS: AgentTemplate = {
  slug: 'answer-with-tools',
  name: 'Answer with tools',
  description:
    'Works out an answer with a calculator, a calendar and tools for text, and shows which of them it used. Each call is a step of its own in the run.',
  graph: {
    nodes: [
      {
        id: 'start',
        kind: 'start',
        config: {
          schema: {
            type: 'object',
            properties: { question: { type: 'string', title: 'Question', minLength: 1, maxLength: 4_000 } },
            required: ['question'],
          },
        },
        position: { x: 0, y: 120 },
      },
      {
        id: 'assistant',
        kind: 'agent',
        name: 'Work it out',
        config: {
          model: 'simulated/offline',
          system:
            'You answer questions briefly. Never calculate, count or compare dates in your head: use a tool, and say what it found.',
          prompt: '{{ input.question }}',
          tools: [{ name: 'calculator' }, { name: 'datetime' }, { name: 'text' }],
          maxTurns: 8,
        },
        retry: { maxAttempts: 3 },
        timeoutMs: 120_000,
        position: { x: 260, y: 120 },
      },
      {
        id: 'output',
        kind: 'output',
        config: {
          expression: '{ "answer": steps.assistant.text, "toolsUsed": [steps.assistant.toolCalls.name] }',
        },
        position: { x: 520, y: 120 },
      },
    ],
    edges: [
      { from: 'start', to: 'assistant' },
      { from: 'assistant', to: 'output' },
    ],
  },
  sampleInput: { question: 'Calculate (3 * 19.99 + 4.50) * 1.19' },
};
