import { z } from 'zod';
import { ERROR_PORT } from '../graph.js';
import type { Problem } from '../problem.js';
import type { StepResult } from '../node-kind.js';
import type { GenerateReply } from '../step-services.js';
import { askModel } from './ask-model.js';
import { CLASSIFY_PROMPT_VERSION, classifyPrompt } from './classify-prompt.js';
import { defineNodeKind } from './define-node-kind.js';
import { fallbackModelsField, guardField, modelField, templateField } from './fields.js';
import { compilePrompt, promptProblems, promptRefField, promptSources } from './prompt-ref.js';

const OTHER = 'other';

const label = z.strictObject({
  name: z.string().min(1).max(100),
  description: z.string().max(1_000).optional(),
});

const configSchema = z.strictObject({
  model: modelField(),
  fallbackModels: fallbackModelsField(),
  guard: guardField(),
  text: templateField('Text', 'What is to be sorted, for example {{ input.text }}.').min(1).optional(),
  promptRef: promptRefField(),
  labels: z.array(label).min(1).max(50).meta({
    title: 'Labels',
    description: 'One port for each { "name", "description" }; what fits none leaves by “other”.',
    'x-editor': 'json',
  }),
  fallback: z
    .string()
    .max(100)
    .meta({
      title: 'When none fits',
      description: 'The label to take instead of “other”.',
      'x-editor': 'text',
    })
    .optional(),
});

type ClassifyConfig = z.infer<typeof configSchema>;

export const classifyKind = defineNodeKind<ClassifyConfig>({
  kind: 'classify',
  title: 'Classify',
  description: 'Lets a model sort a text and continues by the label that fits.',
  icon: 'tags',
  group: 'model',
  effect: 'effectful',
  configSchema,
  defaults: {
    model: 'simulated/offline',
    text: '{{ input.text }}',
    labels: [{ name: 'question' }, { name: 'complaint' }],
  },
  portsDependOnConfig: true,
  ports: ({ labels }) => [...labels.map(({ name }) => name), OTHER],
  summary: ({ labels }) => labels.map(({ name }) => name).join(', '),
  sources: ({ text, promptRef }) => promptSources({ prompt: text, promptRef }, 'text'),
  check: (config) => [
    ...promptProblems({ prompt: config.text, promptRef: config.promptRef }, 'text'),
    ...config.labels.flatMap((_label, index) => labelProblem(config, index) ?? []),
    ...fallbackProblems(config),
  ],
  compile: (config) => {
    const fillIn = compilePrompt({ prompt: config.text, promptRef: config.promptRef });
    const instructions = classifyPrompt(config.labels, OTHER);
    const names = new Set(config.labels.map(({ name }) => name));
    const settings = {
      model: config.model,
      ...(config.fallbackModels && { fallbackModels: config.fallbackModels }),
      ...(config.guard && { guard: config.guard }),
      temperature: 0,
      schema: answerSchema(names),
    };
    return async (context) => {
      const { system, ...words } = await fillIn(context.scope);
      const request = {
        ...settings,
        ...words,
        ownPrompt: CLASSIFY_PROMPT_VERSION,
        system: system === undefined ? instructions : `${system}\n\n${instructions}`,
      };
      context.showInput(request);
      const reply = await askModel(request, context, () => undefined);
      return { ...resultOf(reply, names, config.fallback ?? OTHER), usage: reply.usage, simulated: reply.simulated };
    };
  },
});

function answerSchema(names: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  return {
    type: 'object',
    properties: {
      label: { type: 'string', enum: [...names, OTHER] },
      confidence: { type: 'number', minimum: 0, maximum: 1 },
    },
    required: ['label'],
  };
}

/** The model is a stranger: an answer that names no label of ours is one that fits none. */
function resultOf({ text, json }: GenerateReply, names: ReadonlySet<string>, fallback: string): StepResult {
  const answer = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : { label: text.trim() };
  const label = typeof answer.label === 'string' && names.has(answer.label) ? answer.label : fallback;
  const { confidence } = answer;
  const isSure = typeof confidence === 'number' && confidence >= 0 && confidence <= 1;
  return { output: { label, ...(isSure && { confidence }) }, port: label };
}

function labelProblem({ labels }: ClassifyConfig, index: number): Problem | undefined {
  const name = labels[index]?.name as string;
  const pointer = `/config/labels/${index}/name`;
  if (name === OTHER || name === ERROR_PORT) {
    const message = `The port “${name}” exists already: choose another name.`;
    return { pointer, code: 'classify.reserved_label', message };
  }
  if (labels.findIndex((each) => each.name === name) < index) {
    const message = `The label “${name}” is there twice: remove one.`;
    return { pointer, code: 'classify.duplicate_label', message };
  }
  return undefined;
}

function fallbackProblems({ labels, fallback }: ClassifyConfig): readonly Problem[] {
  if (fallback === undefined || fallback === OTHER || labels.some(({ name }) => name === fallback)) return [];
  const message = `The label “${fallback}” does not exist: choose one of ${[...labels.map(({ name }) => name), OTHER].join(', ')}.`;
  return [{ pointer: '/config/fallback', code: 'classify.unknown_fallback', message }];
}
