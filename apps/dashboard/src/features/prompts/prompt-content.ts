import type { PromptContent, PromptVariable } from '@/shared/api/generated/schema';
import type { Shape } from '@/features/graph-editor/graph/scope-shape';

/** A prompt with nothing left out, as the server gives it. */
export type WholeContent = Omit<Required<PromptContent>, 'variables'> & { variables: WholeVariable[] };
export type WholeVariable = Required<PromptVariable>;

export const VARIABLE_TYPES: readonly WholeVariable['type'][] = ['text', 'number', 'boolean', 'list', 'object'];

export function wholeContent({ system, user, variables, model, parameters }: PromptContent): WholeContent {
  return {
    system: system ?? '',
    user,
    variables: (variables ?? []).map(wholeVariable),
    model: model ?? null,
    parameters: parameters ?? {},
  };
}

function wholeVariable({ name, type, description, example, required }: PromptVariable): WholeVariable {
  return { name, type, description: description ?? '', example: example ?? '', required: required ?? true };
}

export function newVariable(name: string): WholeVariable {
  return { name, type: 'text', description: '', example: '', required: true };
}

/** What can be completed in the texts of a prompt. */
export function variablesShape(variables: readonly WholeVariable[]): Shape {
  const named = variables.filter(({ name }) => name !== '');
  return {
    detail: 'variables',
    fields: Object.fromEntries(named.map(({ name, type }) => [name, { detail: type, fields: {} }])),
  };
}

/** Names that the server found in a text and nobody declared; quoted in its message. */
export function undeclaredNames(problems: readonly { code: string; message: string }[]): string[] {
  const names = problems
    .filter(({ code }) => code === 'prompt.variable_unknown')
    .map(({ message }) => /“([A-Za-z_][A-Za-z0-9_]*)”/.exec(message)?.[1])
    .filter((name) => name !== undefined && !['input', 'steps', 'vars'].includes(name));
  return [...new Set(names as string[])];
}

/** What somebody typed for a variable, as the value that it stands for. */
export type TypedValue = { value: unknown } | { error: string } | null;

const ADVICE: Record<WholeVariable['type'], string> = {
  text: '',
  number: 'Write a number, such as 12.5.',
  boolean: 'Write true or false.',
  list: 'Write a list as JSON, such as ["a", "b"].',
  object: 'Write an object as JSON, such as { "name": "Ada" }.',
};

/** @returns null for an empty field of a variable that may be left out */
export function readTyped({ type, required }: WholeVariable, typed: string): TypedValue {
  if (typed === '') return required ? { error: 'This variable needs a value.' } : null;
  if (type === 'text') return { value: typed };
  try {
    const value: unknown = JSON.parse(typed);
    return isOfType(value, type) ? { value } : { error: ADVICE[type] };
  } catch {
    return { error: ADVICE[type] };
  }
}

function isOfType(value: unknown, type: WholeVariable['type']): boolean {
  if (type === 'list') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === (type === 'text' ? 'string' : type);
}

/** The values of all that is filled in right, and what is wrong with the rest, by name. */
export function readAllTyped(
  variables: readonly WholeVariable[],
  typed: Readonly<Record<string, string>>,
): { values: Record<string, unknown>; errors: Record<string, string> } {
  const values: Record<string, unknown> = {};
  const errors: Record<string, string> = {};
  for (const variable of variables) {
    const read = readTyped(variable, typed[variable.name] ?? variable.example);
    if (read === null) continue;
    if ('error' in read) errors[variable.name] = read.error;
    else values[variable.name] = read.value;
  }
  return { values, errors };
}
