import { createHash } from 'node:crypto';
import type { ChatCompletionContentPart, ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import type { AssistantMessage, ImagePart, Message, TextPart } from '../../model/message.js';

const LONGEST_ID = 40;

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
          tool_call_id: allowedId(message.toolCallId),
          content: message.isError ? `Error: ${message.content}` : message.content,
        };
    }
  });
}

function convertPart(part: TextPart | ImagePart): ChatCompletionContentPart {
  if (part.type === 'text') return { type: 'text', text: part.text };
  return { type: 'image_url', image_url: { url: addressOfImage(part) } };
}

/** OpenAI refuses longer ids, which other providers may have given; a call and its result are changed alike. */
export function allowedId(id: string): string {
  return id.length <= LONGEST_ID ? id : `call_${createHash('sha256').update(id).digest('hex').slice(0, 24)}`;
}

/** OpenAI fetches addresses by itself and takes bytes as `data:` addresses. */
export function addressOfImage({ source, mediaType }: ImagePart): string {
  return source.kind === 'url' ? source.url : `data:${mediaType};base64,${source.data}`;
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
      id: allowedId(call.id),
      type: 'function',
      function: { name: call.toolName, arguments: JSON.stringify(call.arguments) },
    })),
  };
}
