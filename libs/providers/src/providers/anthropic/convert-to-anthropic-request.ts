import type { MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages';
import type { CallOptions } from '../../model/call-options.js';
import type { CallWarning } from '../../model/call-warning.js';
import { type AnthropicModelTraits, anthropicModelTraits } from './anthropic-model-traits.js';
import { convertToAnthropicMessages } from './convert-to-anthropic-messages.js';
import { convertToAnthropicResponseFormat } from './convert-to-anthropic-response-format.js';

/** The SDK has dropped what only older models take. */
type AnthropicBody = MessageCreateParamsNonStreaming & { temperature?: number; top_p?: number };

export interface AnthropicRequest {
  readonly body: AnthropicBody;
  /** Version of the API to ask for; the SDK's own when absent. */
  readonly apiVersion?: string;
  readonly warnings: readonly CallWarning[];
}

/** The last one that takes temperature and topP, and the one that imitations know. */
const VERSION_WITH_SAMPLING = '2023-06-01';
const HIGHEST_TEMPERATURE = 1;

/** A call in Anthropic's words, with a warning for each setting the model would refuse. */
export async function convertToAnthropicRequest(modelId: string, options: CallOptions): Promise<AnthropicRequest> {
  const traits = anthropicModelTraits(modelId);
  const warnings: CallWarning[] = [];
  const { system, messages } = convertToAnthropicMessages(options.messages);
  const body: AnthropicBody = {
    model: modelId,
    max_tokens: options.maxTokens ?? traits.defaultMaxTokens,
    messages,
    ...(system !== undefined && { system }),
  };
  addSampling(body, options, traits, warnings);
  addStops(body, options, warnings);
  addTools(body, options, traits, warnings);
  if (options.responseFormat?.type === 'json') {
    const converted = await convertToAnthropicResponseFormat(options.responseFormat, traits.enforcesSchemas);
    warnings.push(...converted.warnings);
    if (converted.outputConfig) body.output_config = converted.outputConfig;
    if (converted.instruction) body.system = [system, converted.instruction].filter(Boolean).join('\n\n');
  }
  return { body, warnings, ...(traits.takesSampling && { apiVersion: VERSION_WITH_SAMPLING }) };
}

function addSampling(
  body: AnthropicBody,
  { temperature, topP }: CallOptions,
  { takesSampling }: AnthropicModelTraits,
  warnings: CallWarning[],
): void {
  if (!takesSampling) {
    if (temperature !== undefined) warnings.push(changed('temperature', `${body.model} does not take it`));
    if (topP !== undefined) warnings.push(changed('topP', `${body.model} does not take it`));
    return;
  }
  if (temperature !== undefined) {
    body.temperature = Math.min(temperature, HIGHEST_TEMPERATURE);
    if (temperature > HIGHEST_TEMPERATURE)
      warnings.push(changed('temperature', `Anthropic takes at most ${HIGHEST_TEMPERATURE}`, 'lowered'));
    if (topP !== undefined) warnings.push(changed('topP', 'Anthropic takes either temperature or topP'));
  } else if (topP !== undefined) body.top_p = topP;
}

function addStops(body: AnthropicBody, { stop }: CallOptions, warnings: CallWarning[]): void {
  const visible = stop?.filter((sequence) => sequence.trim() !== '') ?? [];
  if (visible.length > 0) body.stop_sequences = visible;
  if (visible.length < (stop?.length ?? 0))
    warnings.push(changed('stop', 'Anthropic takes no stop sequence of white space alone', 'shortened'));
}

function addTools(
  body: AnthropicBody,
  { tools, toolChoice }: CallOptions,
  { takesForcedTools }: AnthropicModelTraits,
  warnings: CallWarning[],
): void {
  if (!tools?.length) return;
  body.tools = tools.map(({ name, description, parameters }) => ({
    name,
    description,
    input_schema: { ...parameters, type: 'object' as const },
  }));
  if (toolChoice === undefined) return;
  if (toolChoice === 'auto' || toolChoice === 'none') body.tool_choice = { type: toolChoice };
  else if (!takesForcedTools) {
    body.tool_choice = { type: 'auto' };
    warnings.push(changed('toolChoice', `${body.model} cannot be made to use a tool`, 'relaxed to auto'));
  } else if (toolChoice === 'required') body.tool_choice = { type: 'any' };
  else body.tool_choice = { type: 'tool', name: toolChoice.toolName };
}

function changed(setting: string, why: string, how = 'left out'): CallWarning {
  return { kind: 'unsupported-setting', setting, message: `${setting} was ${how}: ${why}.` };
}
