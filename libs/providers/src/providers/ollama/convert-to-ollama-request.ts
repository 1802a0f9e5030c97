import type { ChatRequest, Options } from 'ollama';
import type { CallOptions } from '../../model/call-options.js';
import type { CallWarning } from '../../model/call-warning.js';
import type { ToolDefinition } from '../../model/tool.js';
import { jsonInstruction } from '../../wire/json-instruction.js';
import { convertToOllamaMessages } from './convert-to-ollama-messages.js';

export interface OllamaRequest {
  readonly body: Omit<ChatRequest, 'stream'>;
  readonly warnings: readonly CallWarning[];
}

/** A call in Ollama's words, with a warning for each setting it does not know. */
export function convertToOllamaRequest(modelId: string, options: CallOptions): OllamaRequest {
  const warnings: CallWarning[] = [];
  const messages = convertToOllamaMessages(options.messages);
  const tools = offeredTools(options, warnings);
  const settings: Partial<Options> = {
    ...(options.temperature !== undefined && { temperature: options.temperature }),
    ...(options.topP !== undefined && { top_p: options.topP }),
    ...(options.maxTokens !== undefined && { num_predict: options.maxTokens }),
    ...(options.stop?.length && { stop: [...options.stop] }),
  };
  const body: OllamaRequest['body'] = {
    model: modelId,
    messages,
    ...(Object.keys(settings).length > 0 && { options: settings }),
    ...(tools.length > 0 && { tools: tools.map(convertTool) }),
  };
  if (options.responseFormat?.type === 'json') {
    if (tools.length === 0) body.format = options.responseFormat.schema ?? 'json';
    else {
      // A format is enforced from the first token on, so no tool could be called any more.
      messages.unshift({ role: 'system', content: jsonInstruction(options.responseFormat) });
      warnings.push(changed('responseFormat', 'asked for in words: Ollama cannot enforce it while tools may be used'));
    }
  }
  return { body, warnings };
}

/** Ollama has no word for the choice of tools; offering fewer comes closest. */
function offeredTools({ tools = [], toolChoice }: CallOptions, warnings: CallWarning[]): readonly ToolDefinition[] {
  if (toolChoice === undefined || toolChoice === 'auto') return tools;
  if (toolChoice === 'none') return [];
  if (tools.length > 0) warnings.push(changed('toolChoice', 'relaxed: Ollama cannot make a model use a tool'));
  return typeof toolChoice === 'object' ? tools.filter(({ name }) => name === toolChoice.toolName) : tools;
}

function convertTool({ name, description, parameters }: ToolDefinition) {
  return { type: 'function', function: { name, description, parameters: { ...parameters } } };
}

function changed(setting: string, how: string): CallWarning {
  return { kind: 'unsupported-setting', setting, message: `${setting} was ${how}.` };
}
