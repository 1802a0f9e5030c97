import { isDeepStrictEqual } from 'node:util';
import type { OutputConfig } from '@anthropic-ai/sdk/resources/messages';
import type { CallWarning } from '../../model/call-warning.js';
import type { JsonSchema } from '../../model/json-schema.js';
import type { ResponseFormat } from '../../model/response-format.js';
import { jsonInstruction } from '../../wire/json-instruction.js';

type JsonFormat = Extract<ResponseFormat, { type: 'json' }>;

export interface ConvertedFormat {
  /** Absent when the API cannot hold the answer to the format. */
  readonly outputConfig?: OutputConfig;
  /** Then these words ask for it. */
  readonly instruction?: string;
  readonly warnings: readonly CallWarning[];
}

/**
 * A schema that the API enforces where it can: closed objects and few keywords. What it cannot enforce becomes a
 * hint to the model, and the answer is checked afterwards.
 */
export async function convertToAnthropicResponseFormat(
  format: JsonFormat,
  enforcesSchemas: boolean,
): Promise<ConvertedFormat> {
  if (!format.schema) return { instruction: jsonInstruction(format), warnings: [] };
  const schema = enforcesSchemas ? await enforceable(format.schema) : undefined;
  if (!schema) {
    const why = enforcesSchemas ? 'the provider does not take it' : 'the model does not enforce schemas';
    return { instruction: jsonInstruction(format), warnings: [notEnforced(why)] };
  }
  const { $schema: _dialect, ...asked } = format.schema;
  return {
    outputConfig: { format: { type: 'json_schema', schema } },
    warnings: isDeepStrictEqual(schema, asked) ? [] : [notEnforced('parts of it became hints')],
  };
}

async function enforceable(schema: JsonSchema): Promise<Record<string, unknown> | undefined> {
  const { transformJSONSchema } = await import('@anthropic-ai/sdk/lib/transform-json-schema');
  try {
    return transformJSONSchema(schema);
  } catch {
    // It refuses schemas without a type, which mean "anything".
    return undefined;
  }
}

function notEnforced(why: string): CallWarning {
  return {
    kind: 'unsupported-setting',
    setting: 'responseFormat.schema',
    message: `The provider cannot enforce this schema while generating (${why}); the answer is checked afterwards instead.`,
  };
}
