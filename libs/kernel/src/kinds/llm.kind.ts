import { z } from 'zod';
import type { StepContext, StepResult } from '../node-kind.js';
import { compileJsonSchema, type CompiledSchema } from '../schema/json-schema.js';
import { StepError } from '../step-error.js';
import type { GenerateReply, GenerateRequest } from '../step-services.js';
import { askModel } from './ask-model.js';
import { conversationSoFar, historyField } from './conversation-so-far.js';
import { defineNodeKind } from './define-node-kind.js';
import {
  fallbackModelsField,
  guardField,
  jsonSchemaField,
  modelField,
  schemaFieldProblems,
  templateField,
} from './fields.js';
import { compilePrompt, promptProblems, promptRefField, promptSources } from './prompt-ref.js';
import { shownRequest } from './shown-request.js';

const configSchema = z.strictObject({
  model: modelField(),
  fallbackModels: fallbackModelsField(),
  guard: guardField(),
  prompt: templateField('Prompt', 'What the model is asked. Use {{ input.… }} and {{ steps.… }}.').min(1).optional(),
  system: templateField('System prompt', 'Who the model is and how it answers.').optional(),
  promptRef: promptRefField(),
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
  history: historyField(),
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
  sources: (config) => promptSources(config),
  check: (config) => [...promptProblems(config), ...schemaFieldProblems(config.schema, 'schema')],
  compile: ({ prompt, system, promptRef, history = true, ...settings }) => {
    const fillIn = compilePrompt({ prompt, system, promptRef });
    const answerSchema = settings.schema && compileJsonSchema(settings.schema);
    return async (context) => {
      const request: GenerateRequest = {
        ...settings,
        ...(await fillIn(context.scope)),
        ...(history && conversationSoFar(context.scope)),
      };
      context.showInput(shownRequest(request));
      return generate(request, context, answerSchema && 'schema' in answerSchema ? answerSchema.schema : undefined);
    };
  },
});

async function generate(request: GenerateRequest, context: StepContext, schema?: CompiledSchema): Promise<StepResult> {
  const reply = await askModel(request, context);
  if (schema !== undefined) checkAnswer(reply, schema);
  const { text, json, toolCalls, usage, model, finishReason, simulated } = reply;
  return {
    output: {
      text,
      ...(json !== undefined && { json }),
      ...(toolCalls && { toolCalls }),
      usage,
      model,
      finishReason,
      simulated,
    },
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
