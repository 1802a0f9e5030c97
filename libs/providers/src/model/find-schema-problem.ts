import { Ajv, type ValidateFunction } from 'ajv';
import { BoundedRegExp } from './bounded-regexp.js';
import type { JsonSchema } from './json-schema.js';

/** Compiling costs milliseconds, and an agent uses the same few schemas again and again. */
const MOST_COMPILED = 200;
/** Ajv wants a function with the name it would have in generated code. */
const regExp = Object.assign((pattern: string, flags: string) => new BoundedRegExp(pattern, flags), {
  code: 'new BoundedRegExp',
});
const compiled = new Map<string, ValidateFunction>();

/** Where and how a value breaks a schema, or undefined when it does not. Throws when the schema itself is invalid. */
export function findSchemaProblem(schema: JsonSchema, value: unknown): string | undefined {
  const validate = validatorOf(schema);
  if (validate(value)) return undefined;
  const [problem] = validate.errors ?? [];
  return `${problem?.instancePath || 'the answer'} ${problem?.message ?? 'does not match'}`;
}

/** Throws, with a sentence for its author, when a schema cannot be used. */
export function assertUsableSchema(schema: JsonSchema): void {
  validatorOf(schema);
}

function validatorOf(schema: JsonSchema): ValidateFunction {
  const key = JSON.stringify(schema);
  const known = compiled.get(key);
  if (known) return known;
  const { $schema: _dialect, $id: _id, ...content } = schema;
  // Schemas come from users: unknown keywords and formats are theirs to have, patterns run under a time limit.
  const ajv = new Ajv({ strict: false, validateFormats: false, code: { regExp } });
  const validate = ajv.compile(content);
  if (compiled.size >= MOST_COMPILED) compiled.delete(compiled.keys().next().value!);
  compiled.set(key, validate);
  return validate;
}
