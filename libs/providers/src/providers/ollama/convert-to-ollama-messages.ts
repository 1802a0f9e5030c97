import type { Message as OllamaMessage } from 'ollama';
import { ModelCallError } from '../../errors/model-call-error.js';
import { type ImagePart, type Message, textOf, type UserMessage } from '../../model/message.js';

/**
 * Our conversation in Ollama's words.
 *
 * @throws ModelCallError `provider.unsupported_content` for a picture that is only named by its address: Ollama takes
 * bytes, and an answer about a picture that nobody looked at would be worse than none. Another model may take it.
 */
export function convertToOllamaMessages(messages: readonly Message[]): OllamaMessage[] {
  return messages.map((message, index): OllamaMessage => {
    switch (message.role) {
      case 'system':
        return { role: 'system', content: message.content };
      case 'user':
        return convertUserMessage(message, index);
      case 'assistant': {
        const parts = typeof message.content === 'string' ? [] : message.content;
        const calls = parts.flatMap((part) => (part.type === 'tool-call' ? [part.toolCall] : []));
        return {
          role: 'assistant',
          content: textOf(message),
          ...(calls.length > 0 && {
            tool_calls: calls.map(({ toolName: name, arguments: given }) => ({
              function: { name, arguments: { ...given } },
            })),
          }),
        };
      }
      case 'tool':
        // There is no flag for failure, so the model has to read it.
        return {
          role: 'tool',
          tool_name: message.toolName,
          content: message.isError ? `Error: ${message.content}` : message.content,
        };
    }
  });
}

function convertUserMessage(message: UserMessage, index: number): OllamaMessage {
  const parts = typeof message.content === 'string' ? [] : message.content;
  const images = parts.flatMap((part, place) => (part.type === 'image' ? [bytesOf(part, index, place)] : []));
  return { role: 'user', content: textOf(message), ...(images.length > 0 && { images }) };
}

function bytesOf({ source }: ImagePart, index: number, place: number): string {
  if (source.kind === 'base64') return source.data;
  throw new ModelCallError(
    'provider.unsupported_content',
    `Ollama fetches no addresses: messages[${index}].content[${place}] must hold its picture as base64 data.`,
  );
}
