import type { FormField } from '../graph/form-fields';
import type { GraphNode } from '../graph/graph';

/** What every control of a node's form is given. */
export interface ConfigFieldProps {
  node: GraphNode;
  field: FormField;
  /** Writes the value; `undefined` takes the field out of the configuration. */
  onChange: (value: unknown) => void;
  /** What is wrong with it, from the form or the server. */
  error: string | undefined;
  onLeave: () => void;
}

/** Empty text means "not there" for a field that may be left out. */
export function textToConfig(text: string, required: boolean): string | undefined {
  return text === '' && !required ? undefined : text;
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}
