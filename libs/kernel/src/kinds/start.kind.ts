import { z } from 'zod';
import { MAX_JSON_DEPTH, JsonValueError, toPlainJson } from '../json/plain-json.js';
import type { InputCheck } from '../node-kind.js';
import { compileJsonSchema } from '../schema/json-schema.js';
import { defineNodeKind } from './define-node-kind.js';
import { jsonSchemaField, schemaFieldProblems } from './fields.js';

const configSchema = z.strictObject({
  schema: jsonSchemaField(
    'Input schema',
    'JSON Schema that the input of every run must satisfy. Empty: anything goes.',
  ).optional(),
});

type StartConfig = z.infer<typeof configSchema>;

const INPUT_LIMITS = { maxBytes: 16 * 1024 * 1024, maxDepth: MAX_JSON_DEPTH };

export const startKind = defineNodeKind<StartConfig>({
  kind: 'start',
  title: 'Start',
  description: 'Where every run begins, with the input that it is given.',
  icon: 'play',
  group: 'flow',
  effect: 'pure',
  configSchema,
  defaults: { schema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] } },
  ports: () => ['out'],
  summary: ({ schema }) => Object.keys(schema?.properties ?? {}).join(', ') || 'any input',
  check: ({ schema }) => schemaFieldProblems(schema, 'schema'),
  acceptInput: ({ schema }): InputCheck => {
    const result = compileJsonSchema(schema ?? {});
    return (input) => {
      const problem = findInputProblem(input);
      if (problem !== undefined) return [problem];
      return 'schema' in result ? result.schema.check(input, '/input') : result.problems;
    };
  },
  compile:
    () =>
    ({ scope }) => ({ output: scope.input }),
});

function findInputProblem(input: unknown) {
  try {
    toPlainJson(input, INPUT_LIMITS);
    return undefined;
  } catch (error) {
    const reason = error instanceof JsonValueError ? error.message : 'it cannot be read as JSON';
    return { pointer: '/input', code: 'input.too_large', message: `The input cannot be used: ${reason}.` };
  }
}
