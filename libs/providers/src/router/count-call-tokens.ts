import type { CallOptions } from '../model/call-options.js';
import { estimateTokens } from '../model/estimate-tokens.js';
import { type Message, textOf } from '../model/message.js';
import type { ToolCall } from '../model/tool.js';

/** Role and separators of a message. */
const TOKENS_PER_MESSAGE = 4;
/** A picture of usual size; providers count from about 250 to 1,600. */
const TOKENS_PER_IMAGE = 1_000;

/** Our own estimate of what a call sends. */
export function countInputTokens({ messages, tools = [], responseFormat }: CallOptions): number {
  let tokens = 0;
  for (const message of messages) {
    tokens += TOKENS_PER_MESSAGE + estimateTokens(textOf(message)) + countOtherParts(message);
  }
  for (const tool of tools) tokens += estimateTokens(JSON.stringify(tool));
  if (responseFormat?.type === 'json' && responseFormat.schema) {
    tokens += estimateTokens(JSON.stringify(responseFormat.schema));
  }
  return tokens;
}

/** Our own estimate of what came back. */
export function countOutputTokens({ text, toolCalls }: { text: string; toolCalls: readonly ToolCall[] }): number {
  const calls = toolCalls.reduce((sum, call) => sum + countCall(call), 0);
  return estimateTokens(text) + calls;
}

function countOtherParts({ content }: Message): number {
  if (typeof content === 'string') return 0;
  return content.reduce((sum, part) => {
    if (part.type === 'image') return sum + TOKENS_PER_IMAGE;
    return part.type === 'tool-call' ? sum + countCall(part.toolCall) : sum;
  }, 0);
}

function countCall({ toolName, arguments: args }: ToolCall): number {
  return estimateTokens(toolName) + estimateTokens(JSON.stringify(args));
}
