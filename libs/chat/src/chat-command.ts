import { currentPrincipal } from '#auth';
import { forbidden } from '#platform/errors';
import { contextTooLarge, reservedContext } from './chat.errors.js';
import type { ChatDto } from './dto/chat-request.dto.js';
import type { ChatMessage } from './turns/chat-turns.js';
import { RESERVED_FIELDS } from './turns/turn-input.js';

const MAX_CONTEXT_BYTES = 16 * 1024;

/** @throws AppError for a context that cannot be taken, and for overrides of somebody who may not change agents */
export function toChatMessage(
  { agentId, version, conversationId, message, context, overrides }: ChatDto,
  idempotency: ChatMessage['idempotency'],
): ChatMessage {
  if (context !== undefined) checkContext(context);
  if (overrides !== undefined && !currentPrincipal().permissions.has('agents:write')) {
    throw forbidden(
      'chat.overrides_not_allowed',
      'Trying other models and parameters asks for the permission agents:write.',
    );
  }
  const given = Object.fromEntries(Object.entries(overrides ?? {}).filter(([, value]) => value !== undefined));
  return {
    message,
    ...(agentId !== undefined && { agentId }),
    ...(version !== undefined && { version }),
    ...(conversationId !== undefined && { conversationId }),
    ...(context !== undefined && { context }),
    ...(Object.keys(given).length > 0 && { overrides: given }),
    ...(idempotency && { idempotency }),
  };
}

function checkContext(context: Record<string, unknown>): void {
  const reserved = Object.keys(context).find((field) => RESERVED_FIELDS.includes(field));
  if (reserved !== undefined) throw reservedContext(reserved);
  if (Buffer.byteLength(JSON.stringify(context)) > MAX_CONTEXT_BYTES) throw contextTooLarge(MAX_CONTEXT_BYTES);
}
