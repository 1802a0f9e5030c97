import { z } from 'zod';
import { GRAPH_LIMITS } from '../graph-limits.js';
import type { Problem } from '../problem.js';
import { compileJsonSchema } from '../schema/json-schema.js';

/** Fields that several kinds have. The lengths are bounds on storage; the languages have bounds of their own. */

export function expressionField(title: string, description: string) {
  return z.string().max(16_384).meta({ title, description, 'x-editor': 'expression' });
}

export function templateField(title: string, description: string) {
  return z.string().max(100_000).meta({ title, description, 'x-editor': 'template' });
}

export function jsonSchemaField(title: string, description: string) {
  return z.record(z.string(), z.unknown()).meta({ title, description, 'x-editor': 'json-schema' });
}

function modelName() {
  return z
    .string()
    .max(200)
    .regex(/^[\w.-]+\/[\w.:@/-]+$/, 'write it as provider/model, for example "simulated/offline"');
}

export function modelField() {
  return modelName().meta({ title: 'Model', description: 'provider/model', 'x-editor': 'model' });
}

export function fallbackModelsField() {
  return z
    .array(modelName())
    .max(5)
    .meta({
      title: 'When it fails',
      description: 'Models to ask instead, in this order. Empty: as your organisation has decided.',
      'x-editor': 'string-list',
    })
    .optional();
}

export function guardField() {
  return z
    .enum(['allow', 'flag', 'block'])
    .meta({
      title: 'Suspicious texts',
      description:
        'What happens when the input looks like an attempt to take the model over. Empty: as your organisation has decided.',
      'x-editor': 'select',
    })
    .optional();
}

/** How long a wait lasts before its port `timeout` is taken; longer than a node's own time limit may be. */
export function waitLimitField(description: string) {
  return z
    .int()
    .min(1)
    .max(GRAPH_LIMITS.maxWaitMs)
    .meta({ title: 'Time limit (ms)', description, 'x-editor': 'number' })
    .optional();
}

export function agentIdField(description: string) {
  return z.uuid().meta({ title: 'Agent', description, 'x-editor': 'text' });
}

export function agentVersionField() {
  return z
    .int()
    .min(1)
    .meta({ title: 'Version', description: 'Empty: the newest published version.', 'x-editor': 'number' })
    .optional();
}

/** Problems of a JSON Schema that stands in a field of a node's configuration. */
export function schemaFieldProblems(schema: unknown, field: string): readonly Problem[] {
  const result = compileJsonSchema(schema ?? {});
  if ('schema' in result) return [];
  return result.problems.map((problem) => ({ ...problem, pointer: `/config/${field}${problem.pointer}` }));
}

/** A stored credential, by its id: checked by whoever keeps credentials. */
export function credentialField() {
  return z.uuid().meta({
    title: 'Credential',
    description: 'Attached by AgentFlow; never visible to the agent.',
    'x-editor': 'credential',
  });
}

/** The narrowest rule among providers. */
export function toolNameField() {
  return z
    .string()
    .regex(/^[a-zA-Z0-9_-]{1,64}$/, 'names of tools are up to 64 letters, digits, _ and -')
    .meta({ title: 'Tool' });
}
