import type { AgentTemplate } from './agent-template.js';

export const APPROVE_A_REFUND: AgentTemplate = {
  slug: 'approve-a-refund',
  name: 'Approve a refund',
  description:
    'Grants small refunds by itself, asks a person about larger ones and waits for the answer for as long as a week, then writes the letter to the customer.',
  graph: {
    nodes: [
      {
        id: 'start',
        kind: 'start',
        config: {
          schema: {
            type: 'object',
            properties: {
              customer: { type: 'string', title: 'Name of the customer', minLength: 1 },
              amount: { type: 'number', title: 'Amount in euros', exclusiveMinimum: 0 },
              reason: { type: 'string', title: 'Reason', minLength: 1 },
            },
            required: ['customer', 'amount', 'reason'],
          },
        },
        position: { x: 0, y: 200 },
      },
      {
        id: 'large',
        kind: 'condition',
        name: 'More than 50 euros?',
        config: { expression: 'input.amount > 50' },
        position: { x: 260, y: 200 },
      },
      {
        id: 'approval',
        kind: 'approval',
        name: 'Ask a person',
        config: {
          title: 'Refund {{ input.amount }} € to {{ input.customer }}?',
          payload: '{ "customer": input.customer, "amount": input.amount, "reason": input.reason }',
          form: { type: 'object', properties: { note: { type: 'string', title: 'Note to the customer' } } },
          timeoutMs: 604_800_000,
        },
        position: { x: 520, y: 80 },
      },
      {
        id: 'granted',
        kind: 'transform',
        name: 'Write the letter',
        config: {
          expression:
            '{ "text": "Dear " & input.customer & ",\\n\\nwe are sorry about this. " & $formatNumber(input.amount, "#,##0.00") & " euros are on their way back to you." & (steps.approval.data.note ? "\\n\\n" & steps.approval.data.note : "") & "\\n\\nKind regards" }',
        },
        position: { x: 780, y: 280 },
      },
      {
        id: 'refused',
        kind: 'transform',
        name: 'Say no',
        config: {
          expression:
            '{ "reason": steps.approval.decision = "timeout" ? "Nobody decided within a week." : "Refused by " & (steps.approval.by ? steps.approval.by : "a person") & ".", "note": steps.approval.data.note }',
        },
        position: { x: 780, y: 40 },
      },
      {
        id: 'output',
        kind: 'output',
        config: {
          expression:
            '{ "refunded": $exists(steps.granted), "amount": input.amount, "decidedBy": steps.approval.by ? steps.approval.by : (steps.approval ? "nobody" : "rule: up to 50 euros"), "letter": steps.granted.text, "why": steps.refused.reason, "note": steps.refused.note }',
        },
        position: { x: 1040, y: 200 },
      },
    ],
    edges: [
      { from: 'start', to: 'large' },
      { from: 'large', to: 'approval', port: 'true' },
      { from: 'large', to: 'granted', port: 'false' },
      { from: 'approval', to: 'granted', port: 'approved' },
      { from: 'approval', to: 'refused', port: 'rejected' },
      { from: 'approval', to: 'refused', port: 'timeout' },
      { from: 'granted', to: 'output' },
      { from: 'refused', to: 'output' },
    ],
  },
  sampleInput: {
    customer: 'Miriam Okafor',
    amount: 129.9,
    reason: 'The lamp arrived with a broken shade, and the replacement is sold out. Please send my money back.',
  },
};
