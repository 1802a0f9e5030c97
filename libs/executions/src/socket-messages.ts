import type { EventEnvelope } from './execution-event.js';

/** Answer to every message of the `/executions` namespace. */
export type SubscribeAnswer =
  { readonly ok: true; readonly lastSeq?: number } | { readonly ok: false; readonly code: string };

/** What the server sends in the `/executions` namespace. */
export interface ServerMessages {
  /** An event of a subscribed run, in order and without gap. */
  event(event: EventEnvelope): void;
  /** A run of the organisation began or ended; read it to learn more. */
  'execution-change'(change: { executionId: string }): void;
  /** The reader was too slow and the server skips to reading the log; events go on in order. */
  gap(gap: { executionId: string }): void;
  /** The credential behind the socket is gone; the connection ends. */
  revoked(): void;
  /** The server is about to stop: disconnect after so many milliseconds and connect again; another process goes on. */
  draining(hint: { reconnectInMs: number }): void;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** `{ executionId, after? }`, or null for anything else: arrays, objects with other shapes, names of rooms. */
export function readSubscription(message: unknown): { executionId: string; after: number } | null {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return null;
  const { executionId, after = 0 } = message as { executionId?: unknown; after?: unknown };
  if (typeof executionId !== 'string' || !UUID.test(executionId)) return null;
  if (typeof after !== 'number' || !Number.isInteger(after) || after < 0 || after > 2_147_483_647) return null;
  return { executionId: executionId.toLowerCase(), after };
}
