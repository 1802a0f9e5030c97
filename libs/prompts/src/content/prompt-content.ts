import { createHash } from 'node:crypto';

/** What a variable of a prompt may hold. */
export const VARIABLE_TYPES = ['text', 'number', 'boolean', 'list', 'object'] as const;

export type VariableType = (typeof VARIABLE_TYPES)[number];

export const PROMPT_LIMITS = {
  /** Characters of the system or the user text. */
  textLength: 65_536,
  variables: 50,
  variableNameLength: 64,
  descriptionLength: 2_000,
  /** Characters of an example, which is JSON for all but text. */
  exampleLength: 10_000,
} as const;

/** Something that a prompt leaves open, and whoever uses it fills in. */
export interface PromptVariable {
  readonly name: string;
  readonly type: VariableType;
  readonly description: string;
  /** As somebody would type it: plain for text, JSON for everything else. Empty: none. */
  readonly example: string;
  /** Whether it has to have a value. */
  readonly required: boolean;
}

/** How a model is asked that is tried with the prompt; absent = its own default. */
export interface PromptParameters {
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens?: number;
}

/** All that a draft or a version of a prompt says. A draft may be wrong. */
export interface PromptContent {
  /** Liquid; empty when the model is told nothing about itself. */
  readonly system: string;
  /** Liquid: what the model is asked. */
  readonly user: string;
  readonly variables: readonly PromptVariable[];
  /** `provider/model` that it was written for; agents choose their own. */
  readonly model: string | null;
  readonly parameters: PromptParameters;
}

/** What a new prompt starts with: right, and short enough to be read. */
export const STARTER_CONTENT: PromptContent = {
  system: 'You answer in one short paragraph.',
  user: 'Summarise this for somebody who has one minute:\n\n{{ text }}',
  variables: [
    {
      name: 'text',
      type: 'text',
      description: 'What is to be summarised.',
      example: 'The meeting was moved to Thursday, because two of five people are ill.',
      required: true,
    },
  ],
  model: null,
  parameters: {},
};

/** Equal for contents that say the same. */
export function hashContent({ system, user, variables, model, parameters }: PromptContent): string {
  const { temperature, topP, maxTokens } = parameters;
  const essence = [
    system,
    user,
    variables.map(({ name, type, description, example, required }) => [name, type, description, example, required]),
    model,
    [temperature ?? null, topP ?? null, maxTokens ?? null],
  ];
  return createHash('sha256').update(JSON.stringify(essence)).digest('base64url');
}
