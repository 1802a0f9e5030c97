import type { ImagePart, Message, ToolCallPart } from '../../model/message.js';
import { mergeTurns, type Turn } from '../../wire/merge-turns.js';
import type { GoogleContent, GoogleRequestPart } from './google-api-types.js';

export interface GoogleConversation {
  /** Undefined when there is no system message. */
  readonly system: string | undefined;
  readonly contents: GoogleContent[];
}

/**
 * Gemini 3 and later refuse a function call of the conversation that comes without the signature of the thought
 * behind it. For calls of other models, and of conversations that lost it, Google names this stand-in.
 */
const NO_SIGNATURE = 'skip_thought_signature_validator';

/** Our conversation as Gemini takes it: the rules apart, results of functions in the user's turn. */
export function convertToGoogleMessages(messages: readonly Message[], wantsSignatures: boolean): GoogleConversation {
  const rules = messages.flatMap((message) => (message.role === 'system' ? [message.content] : []));
  const turns = messages
    .filter((message) => message.role !== 'system')
    .map((message) => convertMessage(message, wantsSignatures));
  return { system: rules.length > 0 ? rules.join('\n\n') : undefined, contents: mergeTurns(turns) };
}

function convertMessage(
  message: Exclude<Message, { role: 'system' }>,
  wantsSignatures: boolean,
): Turn<'user' | 'model', GoogleRequestPart> {
  if (message.role === 'tool') {
    const { toolCallId: id, toolName: name, content, isError } = message;
    const response = isError ? { error: content } : { result: content };
    return { role: 'user', parts: [{ functionResponse: { id, name, response } }] };
  }
  const role = message.role === 'assistant' ? 'model' : 'user';
  if (typeof message.content === 'string') return { role, parts: textParts(message.content) };
  let isFirstCall = true;
  const parts = message.content.flatMap((part): GoogleRequestPart[] => {
    if (part.type === 'text') return textParts(part.text);
    if (part.type === 'image') return [convertImage(part)];
    // Of calls made side by side only the first carries a signature.
    const call = convertCall(part, wantsSignatures && isFirstCall);
    isFirstCall = false;
    return [call];
  });
  return { role, parts };
}

function convertCall({ toolCall }: ToolCallPart, needsSignature: boolean): GoogleRequestPart {
  const { id, toolName: name, arguments: args, signature } = toolCall;
  const thoughtSignature = signature ?? (needsSignature ? NO_SIGNATURE : undefined);
  return { functionCall: { id, name, args: { ...args } }, ...(thoughtSignature !== undefined && { thoughtSignature }) };
}

function textParts(text: string): GoogleRequestPart[] {
  return text === '' ? [] : [{ text }];
}

/** Google fetches public addresses by itself. */
function convertImage({ source, mediaType: mimeType }: ImagePart): GoogleRequestPart {
  if (source.kind === 'url') return { fileData: { mimeType, fileUri: source.url } };
  return { inlineData: { mimeType, data: source.data } };
}
