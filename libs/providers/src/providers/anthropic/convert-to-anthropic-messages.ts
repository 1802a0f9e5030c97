import type { ContentBlockParam, ImageBlockParam, MessageParam } from '@anthropic-ai/sdk/resources/messages';
import type { ImagePart, Message } from '../../model/message.js';
import { mergeTurns, type Turn } from '../../wire/merge-turns.js';

export interface AnthropicConversation {
  /** Undefined when there is no system message. */
  readonly system: string | undefined;
  readonly messages: MessageParam[];
}

/** Our conversation as Anthropic takes it: the rules apart, results of tools in the user's turn, no empty text. */
export function convertToAnthropicMessages(messages: readonly Message[]): AnthropicConversation {
  const rules = messages.flatMap((message) => (message.role === 'system' ? [message.content] : []));
  const turns = messages.filter((message) => message.role !== 'system').map(convertMessage);
  return {
    system: rules.length > 0 ? rules.join('\n\n') : undefined,
    messages: mergeTurns(turns).map(({ role, parts }) => ({ role, content: [...parts] })),
  };
}

function convertMessage(message: Exclude<Message, { role: 'system' }>): Turn<'user' | 'assistant', ContentBlockParam> {
  if (message.role === 'tool') {
    return {
      role: 'user',
      parts: [
        {
          type: 'tool_result',
          tool_use_id: allowedId(message.toolCallId),
          content: message.content,
          is_error: message.isError ?? false,
        },
      ],
    };
  }
  if (typeof message.content === 'string') return { role: message.role, parts: textBlocks(message.content) };
  const parts = message.content.flatMap((part): ContentBlockParam[] => {
    if (part.type === 'text') return textBlocks(part.text);
    if (part.type === 'image') return [convertImage(part)];
    const { id, toolName, arguments: input } = part.toolCall;
    return [{ type: 'tool_use', id: allowedId(id), name: toolName, input: { ...input } }];
  });
  return { role: message.role, parts };
}

function textBlocks(text: string): ContentBlockParam[] {
  return text.trim() === '' ? [] : [{ type: 'text', text }];
}

function convertImage({ source, mediaType }: ImagePart): ImageBlockParam {
  if (source.kind === 'url') return { type: 'image', source: { type: 'url', url: source.url } };
  // The API knows four types of pictures and names them when it is given another.
  const media_type = mediaType as 'image/png';
  return { type: 'image', source: { type: 'base64', media_type, data: source.data } };
}

/** Ids of other providers may hold characters that Anthropic refuses; a call and its result are changed alike. */
function allowedId(id: string): string {
  return id.replace(/[^a-zA-Z0-9_-]/g, '_') || '_';
}
