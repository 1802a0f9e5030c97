import { StreamInterruptedError } from '../errors/stream-interrupted-error.js';
import type { GenerateResult, LanguageModel } from './language-model.js';
import type { CallOptions } from './call-options.js';
import type { ToolCall } from './tool.js';

/**
 * Streams a call and resolves with the whole answer, announcing text on the way: what a step needs which shows its
 * answer as it grows and keeps it when it is done.
 */
export async function collectStream(
  model: LanguageModel,
  options: CallOptions,
  onText: (text: string) => void = () => undefined,
): Promise<GenerateResult> {
  const toolCalls: ToolCall[] = [];
  let text = '';
  for await (const part of model.stream(options)) {
    if (part.type === 'text-delta') {
      text += part.text;
      onText(part.text);
    } else if (part.type === 'tool-call') {
      toolCalls.push(part.toolCall);
    } else if (part.type === 'finish') {
      const { type: _type, ...end } = part;
      return { ...end, text, toolCalls, simulated: part.simulated ?? model.simulated };
    }
  }
  throw new StreamInterruptedError(`${model.provider}/${model.modelId} ended its stream without finishing.`, {
    outputStarted: text !== '' || toolCalls.length > 0,
  });
}
