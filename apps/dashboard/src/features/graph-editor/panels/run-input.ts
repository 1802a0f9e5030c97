import type { StartField } from '../graph/start-fields';

/** What somebody typed into a field of a run: text, or on and off. */
export type TypedInput = Record<string, string | boolean>;

/** What was typed as the input of a run: numbers as numbers, empty optional fields left out. @throws SyntaxError for a list or object that is not JSON */
export function inputFromFields(fields: readonly StartField[], typed: TypedInput): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const { name, type, required } of fields) {
    const value = typed[name];
    if (type === 'boolean') {
      if (required || value === true) input[name] = value === true;
      continue;
    }
    const text = typeof value === 'string' ? value : '';
    if (text === '' && (!required || type !== 'string')) continue;
    input[name] =
      type === 'string' ? text : type === 'array' || type === 'object' ? (JSON.parse(text) as unknown) : Number(text);
  }
  return input;
}
