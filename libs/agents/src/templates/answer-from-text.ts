import type { AgentTemplate } from './agent-template.js';

export const ANSWER_FROM_TEXT: AgentTemplate = {
  slug: 'answer-from-text',
  name: 'Answer a question from a text',
  description:
    'Answers a question from a text that you give it and from nothing else; says so when the text is silent. Try it with a contract, a manual or house rules.',
  graph: {
    nodes: [
      {
        id: 'start',
        kind: 'start',
        config: {
          schema: {
            type: 'object',
            properties: {
              text: { type: 'string', title: 'Text', description: 'Where the answer must come from.', minLength: 1 },
              question: { type: 'string', title: 'Question', minLength: 1 },
            },
            required: ['text', 'question'],
          },
        },
        position: { x: 0, y: 0 },
      },
      {
        id: 'answer',
        kind: 'llm',
        name: 'Answer',
        config: {
          model: 'simulated/offline',
          system:
            'You answer from the given text only. When it does not say, say that; never fall back on what you know.',
          prompt:
            'Answer the question using only the text.\n\n<text>\n{{ input.text }}\n</text>\n\nQuestion: {{ input.question }}',
        },
        retry: { maxAttempts: 3 },
        timeoutMs: 60_000,
        position: { x: 260, y: 0 },
      },
      {
        id: 'output',
        kind: 'output',
        config: { expression: '{ "question": input.question, "answer": steps.answer.text }' },
        position: { x: 520, y: 0 },
      },
    ],
    edges: [
      { from: 'start', to: 'answer' },
      { from: 'answer', to: 'output' },
    ],
  },
  sampleInput: {
    question: 'How long may guests stay overnight?',
    text: 'House rules of the residence at Elm Street 9. Quiet hours are from 22:00 to 7:00, on Sundays until 9:00. Bicycles belong in the cellar, not in the hallway. Guests may stay overnight for at most fourteen days a quarter; longer stays need the written consent of the management. The laundry room is open to all residents from 8:00 to 20:00. Lost keys are replaced for 85 euros, because the whole lock has to be changed.',
  },
};
