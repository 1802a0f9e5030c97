import type { ToolCall } from './tool.js';

/** Plain text inside a message. */
export interface TextPart {
  readonly type: 'text';
  readonly text: string;
}

/** A picture the model should look at. Providers that cannot see answer with a warning. */
export interface ImagePart {
  readonly type: 'image';
  /** For example `image/png`. */
  readonly mediaType: string;
  /** `https:` address or base64 data without the `data:` prefix. */
  readonly source: { readonly kind: 'url'; readonly url: string } | { readonly kind: 'base64'; readonly data: string };
}

/** A call that the assistant made in an earlier turn. */
export interface ToolCallPart {
  readonly type: 'tool-call';
  readonly toolCall: ToolCall;
}

/** Rules and role, set by the author of the agent. */
export interface SystemMessage {
  readonly role: 'system';
  readonly content: string;
}

/** What the person, or the prompt of a step, says. */
export interface UserMessage {
  readonly role: 'user';
  readonly content: string | readonly (TextPart | ImagePart)[];
}

/** What the model said before, including the tools it called. */
export interface AssistantMessage {
  readonly role: 'assistant';
  readonly content: string | readonly (TextPart | ToolCallPart)[];
}

/** The result of one tool call; answers exactly one `ToolCall.id`. */
export interface ToolMessage {
  readonly role: 'tool';
  /** The id of the call that this answers. */
  readonly toolCallId: string;
  /** The tool that ran. */
  readonly toolName: string;
  /** What it returned, JSON when it was not text. */
  readonly content: string;
  /** True when the tool failed and `content` says how. */
  readonly isError?: boolean;
}

/** One turn of a conversation. */
export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage;

/** The words of a message without its pictures and calls. */
export function textOf(message: Message): string {
  if (typeof message.content === 'string') return message.content;
  return message.content
    .filter((part): part is TextPart => part.type === 'text')
    .map((part) => part.text)
    .join('\n');
}
