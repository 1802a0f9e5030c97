import type { FieldProblem } from '#platform/errors';
import { malformedMessage } from './mcp.errors.js';

/** One message of a client, as far as this door looks at it before the protocol's own code does. */
export interface ClientMessage {
  /** Absent in notifications. */
  readonly id?: string | number;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

const FIELDS = new Set(['jsonrpc', 'id', 'method', 'params']);

/** Only clients of 2025-03-26 send several at once. */
const MAX_MESSAGES = 20;

/**
 * The requests and notifications of a body. Answers have nothing to answer here: this server asks clients nothing.
 * @throws AppError malformed
 */
export function readMessages(body: unknown): readonly ClientMessage[] {
  const messages: readonly unknown[] = Array.isArray(body) ? body : [body];
  if (messages.length === 0 || messages.length > MAX_MESSAGES) {
    throw malformedMessage(`Send one JSON-RPC message, or a list of at most ${MAX_MESSAGES}.`);
  }
  return messages.map((message, index) => readMessage(message, Array.isArray(body) ? `/${index}` : ''));
}

function readMessage(message: unknown, pointer: string): ClientMessage {
  if (!isRecord(message)) throw malformedMessage('A JSON-RPC message is an object.');
  const unknown = Object.keys(message).filter((field) => !FIELDS.has(field));
  if (unknown.length > 0) {
    throw malformedMessage(
      'The message has fields that JSON-RPC requests do not have.',
      unknownFields(unknown, pointer),
    );
  }
  const { jsonrpc, id, method, params = {} } = message;
  const isId = id === undefined || typeof id === 'string' || Number.isSafeInteger(id);
  if (jsonrpc !== '2.0' || typeof method !== 'string' || !isId || !isRecord(params)) {
    throw malformedMessage(
      'This is no JSON-RPC 2.0 request: it has jsonrpc "2.0", a method, perhaps an id and an object of params.',
    );
  }
  return { method, params, ...(id !== undefined && { id: id as string | number }) };
}

function unknownFields(fields: readonly string[], pointer: string): FieldProblem[] {
  return fields.slice(0, 20).map((field) => ({
    pointer: `${pointer}/${field}`,
    code: 'unknown_field',
    message: `${field} is not a field of this request. Remove it.`,
  }));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
