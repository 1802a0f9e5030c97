import { createHmac, timingSafeEqual } from 'node:crypto';
import { type IncomingMessage, onlyHeader } from '../incoming-message.js';

const TOLERANCE_SECONDS = 300;

export interface HmacHeaders {
  readonly signatureHeader: string;
  /** When present, what is signed is `<timestamp>.<body>`, with the time in seconds since 1970. */
  readonly timestampHeader: string | null;
}

/**
 * Checks HMAC-SHA256 over the body, in hex or base64, with or without `sha256=` before it. Such a message has no id, so
 * its signature is one: without a timestamp the same body is the same message for ever.
 * @returns its id, or null when it does not prove its sender
 */
export function verifyHmac(
  secret: string,
  { signatureHeader, timestampHeader }: HmacHeaders,
  message: IncomingMessage,
  nowMs: number = Date.now(),
): string | null {
  const given = digestOf(onlyHeader(message, signatureHeader));
  if (given === null) return null;
  const hmac = createHmac('sha256', secret);
  if (timestampHeader !== null) {
    const timestamp = onlyHeader(message, timestampHeader) ?? '';
    if (!isFresh(timestamp, nowMs)) return null;
    hmac.update(`${timestamp}.`);
  }
  const expected = hmac.update(message.body).digest();
  return timingSafeEqual(expected, given) ? `hmac:${expected.toString('hex')}` : null;
}

function isFresh(timestamp: string, nowMs: number): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(Math.floor(nowMs / 1_000) - Number(timestamp)) <= TOLERANCE_SECONDS;
}

/** Exactly 32 bytes; base64 only in its one canonical form. */
function digestOf(header: string | null): Buffer | null {
  const text = (header ?? '').replace(/^sha256=/, '');
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text)) return null;
  const digest = Buffer.from(text, 'base64');
  return digest.toString('base64') === text ? digest : null;
}
