import { z } from 'zod';
import { compileExpression } from '../expression/expression.js';
import type { Source } from '../node-kind.js';
import { compileTemplate } from '../template/template.js';
import { defineNodeKind } from './define-node-kind.js';
import { expressionField, jsonSchemaField, schemaFieldProblems, templateField, waitLimitField } from './fields.js';

const DECISIONS = ['approved', 'rejected'] as const;
const TIMEOUT_PORT = 'timeout';
const MAX_TITLE_LENGTH = 300;

const configSchema = z.strictObject({
  title: templateField('Title', 'What the inbox shows, for example: Refund {{ input.amount }} € to {{ input.name }}?')
    .min(1)
    .max(2_000),
  payload: expressionField(
    'Payload',
    'JSONata for what is to be decided about. A decision counts for exactly this value. Empty: nothing but the title.',
  ).optional(),
  form: jsonSchemaField('Form', 'JSON Schema of what the person fills in. Empty: no form.').optional(),
  timeoutMs: waitLimitField('After this time the run goes on by the port “timeout”. Empty: waits as long as it takes.'),
});

export const approvalKind = defineNodeKind<z.infer<typeof configSchema>>({
  kind: 'approval',
  title: 'Approval',
  description: 'Asks a person, with or without a form, and waits for days if need be without keeping a worker.',
  icon: 'user-check',
  group: 'flow',
  effect: 'effectful',
  configSchema,
  defaults: { title: 'Go on?', payload: 'input' },
  ports: () => [...DECISIONS, TIMEOUT_PORT],
  summary: ({ title }) => title,
  sources: ({ title, payload }): readonly Source[] => [
    { pointer: '/config/title', language: 'template', text: title },
    ...(payload ? [{ pointer: '/config/payload', language: 'expression', text: payload } as const] : []),
  ],
  check: ({ form }) => schemaFieldProblems(form, 'form'),
  compile: ({ title, payload, form, timeoutMs }) => {
    const titleTemplate = compileTemplate(title);
    const payloadExpression = payload ? compileExpression(payload) : undefined;
    return async (context) => {
      const shown = await payloadExpression?.evaluate(context.scope);
      const { decision, data, by } = await context.wait({
        kind: 'approval',
        key: '',
        title: titleTemplate.render(context.scope).slice(0, MAX_TITLE_LENGTH),
        payload: shown ?? null,
        ...(form && { form }),
        decisions: DECISIONS,
        ...(timeoutMs !== undefined && { dueAt: Date.now() + timeoutMs }),
      });
      return { output: { decision, data: data ?? null, by: by ?? null }, port: decision };
    };
  },
});
