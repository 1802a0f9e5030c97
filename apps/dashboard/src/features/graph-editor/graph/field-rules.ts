import type { FieldSchema, FormField } from './form-fields';

/** What is wrong with a value, as far as the form itself can tell when the field is left; the server checks all of it again. */
export function findFieldProblem(field: FormField, value: unknown): string | null {
  const isEmpty = value === undefined || value === '';
  if (isEmpty && field.required) return `${field.label} is missing: fill it in.`;
  if (value === undefined) return null;
  if (typeof value === 'string') return findTextProblem(field.schema, value);
  if (typeof value === 'number') return findNumberProblem(field.schema, value);
  if (Array.isArray(value)) return findListProblem(field.schema, value);
  return null;
}

function findTextProblem(
  { enum: options, minLength = 0, maxLength, pattern, format }: FieldSchema,
  value: string,
): string | null {
  if (value.length < minLength)
    return minLength === 1 ? 'This must not be empty.' : `Write at least ${minLength} characters.`;
  if (maxLength !== undefined && value.length > maxLength)
    return `Write at most ${maxLength.toLocaleString('en-US')} characters.`;
  if (options && !options.includes(value)) return `Choose ${options.map(String).join(', ')}.`;
  if (format === 'uuid')
    return pattern === undefined || matches(pattern, value)
      ? null
      : 'This must be an id such as 01890a5d-ac96-774b-bcce-b302099a8057.';
  if (pattern !== undefined && !matches(pattern, value)) return 'This does not have the form that is asked for.';
  return null;
}

function findNumberProblem(
  { type, minimum, maximum, exclusiveMinimum, exclusiveMaximum }: FieldSchema,
  value: number,
): string | null {
  if (type === 'integer' && !Number.isInteger(value)) return 'Use a whole number.';
  if (minimum !== undefined && value < minimum) return `Use ${minimum.toLocaleString('en-US')} or more.`;
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return `Use more than ${exclusiveMinimum}.`;
  if (maximum !== undefined && value > maximum) return `Use ${maximum.toLocaleString('en-US')} or less.`;
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return `Use less than ${exclusiveMaximum}.`;
  return null;
}

function findListProblem({ minItems = 0, maxItems }: FieldSchema, value: unknown[]): string | null {
  if (value.length < minItems) return minItems === 1 ? 'Add at least one entry.' : `Add at least ${minItems} entries.`;
  if (maxItems !== undefined && value.length > maxItems) return `At most ${maxItems} entries are possible.`;
  return null;
}

/** A pattern that this browser cannot read is left to the server. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return true;
  }
}
