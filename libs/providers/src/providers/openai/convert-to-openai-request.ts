import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { CallOptions } from '../../model/call-options.js';
import type { CallWarning } from '../../model/call-warning.js';
import { convertToOpenAIMessages } from './convert-to-openai-messages.js';
import { convertToOpenAIResponseFormat } from './convert-to-openai-response-format.js';

export interface OpenAIRequest {
  readonly body: ChatCompletionCreateParamsNonStreaming;
  readonly warnings: readonly CallWarning[];
}

/** Reasoning models refuse sampling settings outright; the chat variants of the same families take them. */
const REASONING_MODEL = /^(?:o\d|gpt-(?:[5-9]|\d\d)(?!.*chat))/;

/** False for OpenAI's models that refuse temperature, topP and stop. */
export function takesSampling(modelId: string): boolean {
  return !REASONING_MODEL.test(modelId);
}

/** A call in the provider's words, with a warning for each setting the model would refuse. */
export function convertToOpenAIRequest(modelId: string, options: CallOptions, isOpenAI: boolean): OpenAIRequest {
  const warnings: CallWarning[] = [];
  const body: ChatCompletionCreateParamsNonStreaming = {
    model: modelId,
    messages: convertToOpenAIMessages(options.messages),
  };
  const fixedSampling = isOpenAI && !takesSampling(modelId);
  const sampling = { temperature: options.temperature, top_p: options.topP, stop: options.stop?.slice() };
  const names = { temperature: 'temperature', top_p: 'topP', stop: 'stop' } as const;
  for (const name of ['temperature', 'top_p', 'stop'] as const) {
    if (sampling[name] === undefined) continue;
    if (!fixedSampling) Object.assign(body, { [name]: sampling[name] });
    else warnings.push(ignoredSetting(names[name], modelId));
  }
  if (options.maxTokens !== undefined) {
    // OpenAI has renamed the parameter and its newer models refuse the old name; imitations know only that.
    if (isOpenAI) body.max_completion_tokens = options.maxTokens;
    else body.max_tokens = options.maxTokens;
  }
  addTools(body, options);
  if (options.responseFormat?.type === 'json') {
    const converted = convertToOpenAIResponseFormat(options.responseFormat);
    body.response_format = converted.responseFormat;
    warnings.push(...converted.warnings);
  }
  return { body, warnings };
}

function addTools(body: ChatCompletionCreateParamsNonStreaming, options: CallOptions): void {
  if (!options.tools?.length) return;
  body.tools = options.tools.map((tool) => ({
    type: 'function',
    function: { name: tool.name, description: tool.description, parameters: { ...tool.parameters } },
  }));
  if (typeof options.toolChoice === 'object') {
    body.tool_choice = { type: 'function', function: { name: options.toolChoice.toolName } };
  } else if (options.toolChoice) {
    body.tool_choice = options.toolChoice;
  }
}

function ignoredSetting(setting: string, modelId: string): CallWarning {
  return {
    kind: 'unsupported-setting',
    setting,
    message: `${modelId} is a reasoning model and does not take ${setting}; it was left out.`,
  };
}
