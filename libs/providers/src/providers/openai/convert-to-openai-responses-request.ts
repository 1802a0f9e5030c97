import type {
  ResponseCreateParamsNonStreaming,
  ResponseInputContent,
  ResponseInputItem,
} from 'openai/resources/responses/responses';
import type { CallOptions } from '../../model/call-options.js';
import type { CallWarning } from '../../model/call-warning.js';
import { type ImagePart, type Message, type TextPart, textOf } from '../../model/message.js';
import { addressOfImage, allowedId } from './convert-to-openai-messages.js';
import { takesSampling } from './convert-to-openai-request.js';
import { convertToOpenAIResponseFormat } from './convert-to-openai-response-format.js';

export interface OpenAIResponsesRequest {
  readonly body: ResponseCreateParamsNonStreaming;
  readonly warnings: readonly CallWarning[];
}

/** The Responses API refuses less. */
const LEAST_OUTPUT_TOKENS = 16;

/** A call in the words of the Responses API, with a warning for each setting it would refuse. */
export function convertToOpenAIResponsesRequest(modelId: string, options: CallOptions): OpenAIResponsesRequest {
  const warnings: CallWarning[] = [];
  const body: ResponseCreateParamsNonStreaming = {
    model: modelId,
    input: options.messages.flatMap(convertMessage),
    store: false,
  };
  if (takesSampling(modelId)) {
    if (options.temperature !== undefined) body.temperature = options.temperature;
    if (options.topP !== undefined) body.top_p = options.topP;
  } else {
    for (const setting of ['temperature', 'topP'] as const)
      if (options[setting] !== undefined) warnings.push(leftOut(setting, `${modelId} does not take it`));
  }
  if (options.stop !== undefined) warnings.push(leftOut('stop', 'the Responses API has no stop sequences'));
  if (options.maxTokens !== undefined) {
    body.max_output_tokens = Math.max(options.maxTokens, LEAST_OUTPUT_TOKENS);
    if (options.maxTokens < LEAST_OUTPUT_TOKENS) {
      const message = `The Responses API takes at least ${LEAST_OUTPUT_TOKENS} for maxTokens; it was raised.`;
      warnings.push({ kind: 'unsupported-setting', setting: 'maxTokens', message });
    }
  }
  addTools(body, options);
  if (options.responseFormat?.type === 'json') {
    const { responseFormat, warnings: more } = convertToOpenAIResponseFormat(options.responseFormat);
    warnings.push(...more);
    body.text = {
      format:
        responseFormat.type === 'json_schema'
          ? { type: 'json_schema', ...responseFormat.json_schema, schema: responseFormat.json_schema.schema ?? {} }
          : responseFormat,
    };
  }
  return { body, warnings };
}

function convertMessage(message: Message): ResponseInputItem[] {
  switch (message.role) {
    case 'system':
      return [{ role: 'system', content: message.content }];
    case 'user':
      return [
        {
          role: 'user',
          content: typeof message.content === 'string' ? message.content : message.content.map(convertPart),
        },
      ];
    case 'assistant': {
      const text = textOf(message);
      const calls = typeof message.content === 'string' ? [] : message.content;
      return [
        ...(text === '' ? [] : [{ role: 'assistant' as const, content: text }]),
        ...calls.flatMap((part): ResponseInputItem[] => {
          if (part.type !== 'tool-call') return [];
          const { id, toolName, arguments: given } = part.toolCall;
          return [{ type: 'function_call', call_id: allowedId(id), name: toolName, arguments: JSON.stringify(given) }];
        }),
      ];
    }
    case 'tool': {
      // The API has no flag for failure, so the model has to read it.
      const output = message.isError ? `Error: ${message.content}` : message.content;
      return [{ type: 'function_call_output', call_id: allowedId(message.toolCallId), output }];
    }
  }
}

function convertPart(part: TextPart | ImagePart): ResponseInputContent {
  if (part.type === 'text') return { type: 'input_text', text: part.text };
  return { type: 'input_image', detail: 'auto', image_url: addressOfImage(part) };
}

function addTools(body: ResponseCreateParamsNonStreaming, options: CallOptions): void {
  if (!options.tools?.length) return;
  body.tools = options.tools.map(({ name, description, parameters }) => ({
    type: 'function',
    name,
    description,
    parameters: { ...parameters },
    strict: false,
  }));
  if (typeof options.toolChoice === 'object') {
    body.tool_choice = { type: 'function', name: options.toolChoice.toolName };
  } else if (options.toolChoice) {
    body.tool_choice = options.toolChoice;
  }
}

function leftOut(setting: string, why: string): CallWarning {
  return { kind: 'unsupported-setting', setting, message: `${setting} was left out: ${why}.` };
}
