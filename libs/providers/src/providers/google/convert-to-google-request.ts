import type { CallOptions } from '../../model/call-options.js';
import type { CallWarning } from '../../model/call-warning.js';
import type { JsonSchema } from '../../model/json-schema.js';
import { jsonInstruction } from '../../wire/json-instruction.js';
import { convertToGoogleMessages } from './convert-to-google-messages.js';
import type { GoogleRequestBody } from './google-api-types.js';

export interface GoogleRequest {
  readonly body: GoogleRequestBody;
  readonly warnings: readonly CallWarning[];
}

/** Since the third generation: thought signatures, and JSON together with functions. */
const THIRD_GENERATION = /^gemini-(?:[3-9]|\d\d)/;

/** A call in Google's words, with a warning for each setting the model would refuse. */
export function convertToGoogleRequest(modelId: string, options: CallOptions): GoogleRequest {
  const isThirdGeneration = THIRD_GENERATION.test(modelId);
  const { system, contents } = convertToGoogleMessages(options.messages, isThirdGeneration);
  const body: GoogleRequestBody = { contents };
  const rules = system === undefined ? [] : [system];
  const warnings: CallWarning[] = [];
  const generationConfig: NonNullable<GoogleRequestBody['generationConfig']> = {
    ...(options.temperature !== undefined && { temperature: options.temperature }),
    ...(options.topP !== undefined && { topP: options.topP }),
    ...(options.maxTokens !== undefined && { maxOutputTokens: options.maxTokens }),
    ...(options.stop?.length && { stopSequences: options.stop }),
  };
  addTools(body, options);
  if (options.responseFormat?.type === 'json') {
    const { schema } = options.responseFormat;
    if (!body.tools || isThirdGeneration) {
      generationConfig.responseMimeType = 'application/json';
      if (schema) generationConfig.responseJsonSchema = withoutDialect(schema);
    } else {
      rules.push(jsonInstruction(options.responseFormat));
      warnings.push({
        kind: 'unsupported-setting',
        setting: 'responseFormat',
        message: `${modelId} cannot hold an answer to JSON while it may use tools; it was asked in words, and the answer is checked afterwards.`,
      });
    }
  }
  if (rules.length > 0) body.systemInstruction = { parts: rules.map((text) => ({ text })) };
  if (Object.keys(generationConfig).length > 0) body.generationConfig = generationConfig;
  return { body, warnings };
}

function addTools(body: GoogleRequestBody, { tools, toolChoice }: CallOptions): void {
  if (!tools?.length) return;
  const functionDeclarations = tools.map(({ name, description, parameters }) => ({
    name,
    description,
    parametersJsonSchema: withoutDialect(parameters),
  }));
  body.tools = [{ functionDeclarations }];
  if (toolChoice === undefined) return;
  const functionCallingConfig =
    typeof toolChoice === 'object'
      ? { mode: 'ANY' as const, allowedFunctionNames: [toolChoice.toolName] }
      : { mode: ({ auto: 'AUTO', none: 'NONE', required: 'ANY' } as const)[toolChoice] };
  body.toolConfig = { functionCallingConfig };
}

/** Google takes a subset of one dialect and no word about which. */
function withoutDialect({ $schema: _dialect, $id: _id, ...schema }: JsonSchema): JsonSchema {
  return schema;
}
