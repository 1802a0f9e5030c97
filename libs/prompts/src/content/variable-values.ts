import type { PromptVariable, VariableType } from './prompt-content.js';

/** The example as a value; undefined when it cannot be read as what it should be, or when there is none. */
export function readExample({ type, example }: PromptVariable): unknown {
  if (type === 'text') return example === '' ? undefined : example;
  try {
    return JSON.parse(example) as unknown;
  } catch {
    return undefined;
  }
}

export function isOfType(value: unknown, type: VariableType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
  }
}
