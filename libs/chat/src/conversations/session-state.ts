import type { Conversation } from './conversation.entity.js';

/** A session is forgotten a day after its last turn. */
export const SESSION_TTL_SECONDS = 24 * 3_600;

export const MAX_SESSION_BYTES = 64 * 1024;

/** What earlier turns have left, unless it is too old. */
export function sessionOf({ session, sessionExpiresAt }: Conversation): Record<string, unknown> {
  return sessionExpiresAt !== null && sessionExpiresAt.getTime() > Date.now() ? session : {};
}

/** Null for one that is too large to be kept; then the earlier one stays. */
export function keptSession(session: Record<string, unknown>): Record<string, unknown> | null {
  return Buffer.byteLength(JSON.stringify(session)) <= MAX_SESSION_BYTES ? session : null;
}
