import { z } from 'zod';
import { compileExpression } from '../expression/expression.js';
import { pointer } from '../json/json-pointer.js';
import type { Scope, Source } from '../node-kind.js';
import type { Problem } from '../problem.js';
import { StepError } from '../step-error.js';
import type { PromptVersionRef } from '../step-services.js';
import { compileTemplate } from '../template/template.js';
import { expressionField } from './fields.js';

/** Characters of the system or the user text of a prompt in the library. */
const MAX_TEXT_LENGTH = 65_536;

/** What publishing writes into a node: the prompt as it was then, so that the version does the same for ever. */
const pinnedPrompt = z.strictObject({
  id: z.uuid(),
  version: z.int().min(1),
  system: z.string().max(MAX_TEXT_LENGTH),
  user: z.string().max(MAX_TEXT_LENGTH),
  /** The variables that have to have a value. */
  required: z.array(z.string().max(64)).max(64),
});

const promptRef = z.strictObject({
  name: z.string().min(1).max(64).meta({ title: 'Prompt', description: 'Its name in the prompt library.' }),
  version: z.int().min(1).optional(),
  variables: z
    .record(z.string().max(64), expressionField('Value', 'JSONata over input, steps and vars.').min(1))
    .optional(),
  pinned: pinnedPrompt.optional(),
});

/** Which prompt of the library a node uses, and what its variables are. */
export type PromptRef = z.infer<typeof promptRef>;

/** A prompt of the organisation's library, in place of texts in the node. */
export function promptRefField() {
  return promptRef
    .meta({
      title: 'Prompt from the library',
      description:
        '{ "name", "version"?, "variables"? }: a prompt of the library in place of a text here, with an expression for each of its variables. Publishing takes the version named, or the newest, and keeps its text.',
      'x-editor': 'prompt-ref',
    })
    .optional();
}

/** A model's words: system text where there is one, and what is asked. */
export interface PromptTexts {
  readonly system?: string;
  readonly prompt: string;
  /** Where they come from, unless they stand in the node. */
  readonly promptRef?: PromptVersionRef;
}

interface PromptConfig {
  readonly prompt?: string;
  readonly system?: string;
  readonly promptRef?: PromptRef;
}

/** The texts and expressions of a node that has either a prompt or a reference to one. */
export function promptSources({ prompt, system, promptRef: ref }: PromptConfig, field = 'prompt'): readonly Source[] {
  return [
    ...(prompt ? [{ pointer: pointer('config', field), language: 'template', text: prompt } as const] : []),
    ...(system ? [{ pointer: '/config/system', language: 'template', text: system } as const] : []),
    ...Object.entries(ref?.variables ?? {}).map(
      ([name, text]) =>
        ({ pointer: pointer('config', 'promptRef', 'variables', name), language: 'expression', text }) as const,
    ),
  ];
}

/** @param field the name that the node's own text has there */
export function promptProblems({ prompt, system, promptRef: ref }: PromptConfig, field = 'prompt'): readonly Problem[] {
  if (ref === undefined) {
    const message = `“${field}” is missing: write what the model is asked, or choose a prompt of the library (promptRef).`;
    return prompt === undefined ? [{ pointer: pointer('config', field), code: 'prompt.missing', message }] : [];
  }
  const doubled = [...(prompt === undefined ? [] : [field]), ...(system === undefined ? [] : ['system'])];
  return doubled.map((each) => ({
    pointer: pointer('config', each),
    code: 'prompt.twice',
    message: `“${each}” and a prompt of the library cannot go together: remove one of the two.`,
  }));
}

/** How a node of this configuration puts its words together; parsed once. */
export function compilePrompt({
  prompt = '',
  system,
  promptRef: ref,
}: PromptConfig): (scope: Scope) => Promise<PromptTexts> | PromptTexts {
  if (ref !== undefined) return compileReference(ref);
  const promptTemplate = compileTemplate(prompt);
  const systemTemplate = system ? compileTemplate(system) : undefined;
  return (scope) => ({
    prompt: promptTemplate.render(scope),
    ...(systemTemplate && { system: systemTemplate.render(scope) }),
  });
}

function compileReference({ name, variables = {}, pinned }: PromptRef): (scope: Scope) => Promise<PromptTexts> {
  if (pinned === undefined) {
    return () => Promise.reject(notPinned(name));
  }
  const expressions = Object.entries(variables).map(([key, text]) => [key, compileExpression(text)] as const);
  const user = compileTemplate(pinned.user);
  const system = pinned.system === '' ? undefined : compileTemplate(pinned.system);
  const { id, version, required } = pinned;
  return async (scope) => {
    // One after the other: expressions share the time that a step has for them.
    const values: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const [key, expression] of expressions) values[key] = await expression.evaluate(scope);
    const missing = required.find((each) => values[each] === undefined || values[each] === null);
    if (missing !== undefined) throw variableMissing(name, missing);
    // What a value contains is never read as a template: it is filled in, and that is all.
    return {
      prompt: user.render(values),
      ...(system && { system: system.render(values) }),
      promptRef: { id, version },
    };
  };
}

function notPinned(name: string): StepError {
  return new StepError({
    code: 'prompt.not_pinned',
    message: `The text of the prompt “${name}” is taken from the library when the agent is published: publish it, then run it.`,
    retryable: false,
  });
}

function variableMissing(name: string, variable: string): StepError {
  return new StepError({
    code: 'prompt.variable_missing',
    message: `The prompt “${name}” needs a value for “${variable}”, and its expression gave none.`,
    retryable: false,
  });
}
