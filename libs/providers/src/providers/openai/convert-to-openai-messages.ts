import type { ChatCompletionContentPart, ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import type { AssistantMessage, ImagePart, Message, TextPart } from '../../model/message.js';

/** Our conversation in the words of the chat completions dialect. */
export function convertToOpenAIMessages(messages: readonly Message[]): ChatCompletionMessageParam[] {
  return messages.map((message): ChatCompletionMessageParam => {
    switch (message.role) {
      case 'system':
        return { role: 'system', content: message.content };
      case 'user':
        return {
          role: 'user',
          content: typeof message.content === 'string' ? message.content : message.content.map(convertPart),
        };
      case 'assistant':
        return convertAssistantMessage(message);
      case 'tool':
        // The dialect has no flag for failure, so the model has to read it.
        return {
          role: 'tool',
          tool_call_id: message.toolCallId,
          content: message.isError ? `Error: ${message.content}` : message.content,
        };
    }
  });
}

function convertPart(part: TextPart | ImagePart): ChatCompletionContentPart {
  if (part.type === 'text') return { type: 'text', text: part.text };
  const { source, mediaType } = part;
  const url = source.kind === 'url' ? source.url : `data:${mediaType};base64,${source.data}`;
  return { type: 'image_url', image_url: { url } };
}

function convertAssistantMessage(message: AssistantMessage): ChatCompletionMessageParam {
  if (typeof message.content === 'string') return { role: 'assistant', content: message.content };
  const text = message.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
  const toolCalls = message.content.flatMap((part) => (part.type === 'tool-call' ? [part.toolCall] : []));
  if (toolCalls.length === 0) return { role: 'assistant', content: text };
  return {
    role: 'assistant',
    content: text === '' ? null : text,
    tool_calls: toolCalls.map((call) => ({
      id: call.id,
      type: 'function',
      function: { name: call.toolName, arguments: JSON.stringify(call.arguments) },
    })),
  };
}
