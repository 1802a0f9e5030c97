import type { AIMessage, BaseMessage, ToolMessage } from 'langchain';
import type { LangChainModules } from './langchain.js';
import type { LoopCallWithId, LoopMessage, LoopReply, LoopToolResult } from './loop-types.js';

/**
 * LangChain gives some names of tools a meaning of its own (those that begin with `extract-` end the loop without a
 * word), and a model may make any name up: so inside LangChain all of them begin with this.
 */
const NAME_PREFIX = 'tool:';

export function toAssistantMessage(
  { AIMessage: Message }: LangChainModules['langchain'],
  { text, toolCalls }: LoopReply,
  turn: number,
): AIMessage {
  return new Message({
    content: text,
    tool_calls: toolCalls.map(({ name, arguments: args }, number) => ({
      type: 'tool_call' as const,
      id: `${turn}.${number}`,
      name: NAME_PREFIX + name,
      args: { ...args },
    })),
  });
}

export function toToolMessage(
  { ToolMessage: Message }: LangChainModules['langchain'],
  { content, isError }: LoopToolResult,
  call: { readonly id?: string; readonly name: string },
): ToolMessage {
  return new Message({ content, tool_call_id: call.id ?? '', name: call.name, status: isError ? 'error' : 'success' });
}

/** `1.2`, the third call of the second turn. */
export function placeOfCall(id: string | undefined): { readonly turn: number; readonly number: number } {
  const [turn, number] = (id ?? '').split('.').map(Number);
  if (!Number.isInteger(turn) || !Number.isInteger(number))
    throw new TypeError(`No call of this loop has the id ${id}`);
  return { turn: turn as number, number: number as number };
}

export const nameOfCall = (name: string): string => name.slice(NAME_PREFIX.length);

/** Everything after the prompt, in the order in which it was said; results of one turn in the order of its calls. */
export function fromLangChain(messages: readonly BaseMessage[]): readonly LoopMessage[] {
  const prompt = messages.findIndex((message) => message.getType() === 'human');
  return messages.slice(prompt + 1).map((message): LoopMessage => {
    const content = message.text;
    switch (message.getType()) {
      case 'ai':
        return { role: 'assistant', content, toolCalls: callsOf(message as AIMessage) };
      case 'tool': {
        const { tool_call_id: toolCallId, name = '', status } = message as ToolMessage;
        return { role: 'tool', toolCallId, toolName: nameOfCall(name), content, isError: status === 'error' };
      }
      default:
        return { role: 'user', content };
    }
  });
}

function callsOf({ tool_calls: calls = [] }: AIMessage): readonly LoopCallWithId[] {
  return calls.map(({ id = '', name, args }) => ({ id, name: nameOfCall(name), arguments: args }));
}
