import { z } from 'zod';
import type { StepContext, StepResult } from '../node-kind.js';
import { compileJsonSchema, type CompiledSchema } from '../schema/json-schema.js';
import { StepError } from '../step-error.js';
import type { GenerateReply, GenerateRequest } from '../step-services.js';
import { compileTemplate } from '../template/template.js';
import { defineNodeKind } from './define-node-kind.js';
import { jsonSchemaField, modelField, schemaFieldProblems, templateField } from './fields.js';

const configSchema = z.strictObject({
  model: modelField(),
  prompt: templateField('Prompt', 'What the model is asked. Use {{ input.… }} and {{ steps.… }}.').min(1),
  system: templateField('System prompt', 'Who the model is and how it answers.').optional(),
  temperature: z
    .number()
    .min(0)
    .max(2)
    .meta({
      title: 'Temperature',
      description: '0 is steady, 2 is wild. Empty: the model decides.',
      'x-editor': 'number',
    })
    .optional(),
  topP: z
    .number()
    .gt(0)
    .max(1)
    .meta({ title: 'Top P', description: 'Share of likely words to choose from.', 'x-editor': 'number' })
    .optional(),
  maxTokens: z
    .int()
    .min(1)
    .max(1_000_000)
    .meta({ title: 'Longest answer', description: 'In tokens.', 'x-editor': 'number' })
    .optional(),
  schema: jsonSchemaField('Answer schema', 'JSON Schema; the answer is then JSON that satisfies it.').optional(),
});

type LlmConfig = z.infer<typeof configSchema>;

export const llmKind = defineNodeKind<LlmConfig>({
  kind: 'llm',
  title: 'Language model',
  description: 'Asks a language model and waits for its answer.',
  icon: 'sparkles',
  group: 'model',
  effect: 'effectful',
  configSchema,
  defaults: { model: 'simulated/offline', prompt: '{{ input.text }}' },
  ports: () => ['out'],
  summary: ({ model }) => model,
  sources: ({ prompt, system }) => [
    { pointer: '/config/prompt', language: 'template', text: prompt },
    ...(system ? [{ pointer: '/config/system', language: 'template', text: system } as const] : []),
  ],
  check: ({ schema }) => schemaFieldProblems(schema, 'schema'),
  compile: ({ prompt, system, ...settings }) => {
    const promptTemplate = compileTemplate(prompt);
    const systemTemplate = system ? compileTemplate(system) : undefined;
    const answerSchema = settings.schema && compileJsonSchema(settings.schema);
    return async (context) => {
      const request: GenerateRequest = {
        ...settings,
        prompt: promptTemplate.render(context.scope),
        ...(systemTemplate && { system: systemTemplate.render(context.scope) }),
      };
      context.showInput(request);
      return generate(request, context, answerSchema && 'schema' in answerSchema ? answerSchema.schema : undefined);
    };
  },
});

async function generate(request: GenerateRequest, context: StepContext, schema?: CompiledSchema): Promise<StepResult> {
  const { signal, idempotencyKey } = context;
  const reply = await context.services.generate(request, {
    signal,
    idempotencyKey,
    onText: (text) => context.delta(text),
  });
  for (const warning of reply.warnings) context.log('warn', warning);
  if (schema !== undefined) checkAnswer(reply, schema);
  const { text, json, usage, model, finishReason, simulated } = reply;
  return {
    output: { text, ...(json !== undefined && { json }), usage, model, finishReason, simulated },
    usage,
    simulated,
  };
}

/** The model is a stranger: that the service asked for JSON does not mean that it is there. */
function checkAnswer(reply: GenerateReply, schema: CompiledSchema): void {
  const problems = reply.json === undefined ? undefined : schema.check(reply.json, '');
  if (problems?.length === 0) return;
  const reason = problems?.[0]?.message ?? 'it is not JSON';
  throw new StepError({
    code: 'model.answer_invalid',
    message: `The answer of ${reply.model} does not fit the answer schema: ${reason}`,
    retryable: true,
    usage: reply.usage,
  });
}
