import type { ExecutionStep } from '@/shared/api/generated/schema';
import { largeOf, type LargeFields } from '@/shared/live/large-fields';
import type { TimelineStep } from '@/shared/live/execution-timeline';

type Fields = Record<string, unknown>;

/** The object's fields, or none for anything else. */
function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** What a step worked with; undefined while that is not known. Kept with the step's result, never while it runs. */
export function inputOf(step: TimelineStep, row: ExecutionStep | undefined): unknown {
  if (step.input !== undefined) return step.input;
  return row && row.finishedAt !== null ? row.input : undefined;
}

/** What a step gave; undefined when it has not ended well. */
export function outputOf(step: TimelineStep, row: ExecutionStep | undefined): unknown {
  if (step.status !== 'succeeded') return undefined;
  return step.output === undefined ? row?.output : step.output;
}

/** What of input, output and error is too large to have come along. */
export function largeFieldsOf(step: TimelineStep, row: ExecutionStep | undefined): LargeFields {
  return { ...largeOf(row), ...step.large };
}

/** Whether the built-in model answered. */
export function isSimulated(step: TimelineStep, row: ExecutionStep | undefined): boolean {
  const model = fieldsOf(inputOf(step, row)).model;
  return (
    step.simulated ||
    fieldsOf(outputOf(step, row)).simulated === true ||
    (typeof model === 'string' && model.startsWith('simulated/'))
  );
}

/** The text of an answer: what a model step ended with, or what it has said so far. Null when there is none. */
export function answerTextOf(step: TimelineStep, row: ExecutionStep | undefined): string | null {
  const { text } = fieldsOf(outputOf(step, row));
  if (typeof text === 'string') return text;
  return step.text === '' ? null : step.text;
}

export interface SentPrompt {
  system: string | null;
  prompt: string | null;
  /** Everything else that was sent: model, temperature, … */
  settings: Fields;
}

/** The input of a model step as it went to the provider; null for other input. */
export function sentPromptOf(input: unknown): SentPrompt | null {
  const { system, prompt, ...settings } = fieldsOf(input);
  if (typeof prompt !== 'string' && typeof system !== 'string') return null;
  return {
    system: typeof system === 'string' ? system : null,
    prompt: typeof prompt === 'string' ? prompt : null,
    settings,
  };
}
