import { Ajv2020, type AnySchema, type ErrorObject, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import { toPlainJson } from '../json/plain-json.js';
import { pointer } from '../json/json-pointer.js';
import type { Problem } from '../problem.js';
import { LinearRegExp } from '../regexp/linear-regexp.js';
import { FORMATS } from './formats.js';
import { findSchemaRuleProblems } from './json-schema-rules.js';

/** A JSON Schema (2020-12) that a user wrote, ready to check values. */
export interface CompiledSchema {
  /** Problems of the value; pointers start with `base`. Empty when it fits. */
  check(value: unknown, base: string): readonly Problem[];
}

const SCHEMA_LIMITS = { maxBytes: 256 * 1024, maxDepth: 50 };
const MAX_PROBLEMS = 50;

/**
 * One for many schemas: it knows the meta-schema, which costs as much to compile as fifty schemas of ours. But it also
 * keeps some kilobytes of every schema that it has compiled, removed or not, so from time to time a new one follows.
 */
let ajv: Ajv2020 | undefined;
let compileCount = 0;
const COMPILES_PER_AJV = 1_000;

function currentAjv(): Ajv2020 {
  if (compileCount++ % COMPILES_PER_AJV === 0) ajv = undefined;
  return (ajv ??= new Ajv2020(AJV_OPTIONS));
}

/** Patterns are matched by our own engine, so that no `pattern` can hang the process. */
const AJV_OPTIONS: Options = {
  allErrors: true,
  // Unknown keywords are refused by our own rules already, with a pointer; unknown formats are notes for people.
  strict: false,
  logger: false,
  formats: FORMATS,
  // Ajv prints this into generated code only when asked for standalone code, which we never do.
  code: { regExp: Object.assign((source: string) => new LinearRegExp(source), { code: 'LinearRegExp' }) },
};

export type SchemaResult = { readonly schema: CompiledSchema } | { readonly problems: readonly Problem[] };

/** Checks and compiles in one go. Pointers of problems are relative to the schema. Never throws. */
export function compileJsonSchema(schema: unknown): SchemaResult {
  try {
    toPlainJson(schema, SCHEMA_LIMITS);
  } catch {
    const message = `The schema is larger than ${SCHEMA_LIMITS.maxBytes} bytes or deeper than ${SCHEMA_LIMITS.maxDepth} levels.`;
    return { problems: [{ pointer: '', code: 'schema.too_large', message }] };
  }
  const problems = findSchemaRuleProblems(schema);
  if (problems.length > 0) return { problems };
  const compilable = withoutDialect(schema);
  const compiler = currentAjv();
  try {
    const validate = compiler.compile(compilable);
    return { schema: { check: (value, base) => check(validate, value, base) } };
  } catch (error) {
    const message = error instanceof Error ? error.message : 'it cannot be read';
    return {
      problems: [{ pointer: '', code: 'schema.invalid', message: `This is not a valid JSON Schema: ${message}.` }],
    };
  } finally {
    compiler.removeSchema(compilable);
  }
}

/** Schemas are often pasted with the `$schema` of an older draft; what we allow of them means the same in all. */
function withoutDialect(schema: unknown): AnySchema {
  if (typeof schema !== 'object' || schema === null) return schema as AnySchema;
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== '$schema'));
}

function check(validate: ValidateFunction, value: unknown, base: string): readonly Problem[] {
  try {
    if (validate(value)) return [];
  } catch {
    return [
      {
        pointer: base,
        code: 'schema.too_much_work',
        message: 'The value is too much work for a pattern in the schema.',
      },
    ];
  }
  return (validate.errors ?? []).slice(0, MAX_PROBLEMS).map((error) => asProblem(error, base));
}

function asProblem(error: ErrorObject, base: string): Problem {
  const missing: unknown = error.params.missingProperty;
  const extra: unknown = error.params.additionalProperty;
  const field = typeof missing === 'string' ? missing : typeof extra === 'string' ? extra : undefined;
  const at = base + error.instancePath + (field === undefined ? '' : pointer(field));
  const allowed: unknown = error.params.allowedValues;
  const said =
    typeof missing === 'string'
      ? 'is required'
      : typeof extra === 'string'
        ? 'is not expected: remove it'
        : Array.isArray(allowed)
          ? `must be one of ${allowed.map((value) => JSON.stringify(value)).join(', ')}`
          : (error.message ?? 'does not fit the schema');
  return { pointer: at, code: `schema.${snakeCase(error.keyword)}`, message: `${at} ${said}.` };
}

function snakeCase(keyword: string): string {
  return keyword.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
