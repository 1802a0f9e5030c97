import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { type IncomingMessage, onlyHeader } from '../incoming-message.js';

/** Ids are ours to remember, and a full stop in one would let id, time and body be cut elsewhere under the same signature. */
const MESSAGE_ID = /^[^\s.]{1,256}$/;

/** The library reads as many digits as there are and passes over the rest. */
const TIMESTAMP = /^\d{1,12}$/;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Checks a message by the Standard Webhooks specification: HMAC-SHA256 over `id.timestamp.body`, at most 300 seconds old
 * or ahead, any of several signatures.
 * @returns its id, or null when it does not prove its sender
 */
export function verifyStandardWebhook(secret: string, message: IncomingMessage): string | null {
  const id = onlyHeader(message, 'webhook-id');
  const timestamp = onlyHeader(message, 'webhook-timestamp');
  const signature = onlyHeader(message, 'webhook-signature');
  const body = textOf(message.body);
  if (id === null || timestamp === null || signature === null || body === null) return null;
  if (!MESSAGE_ID.test(id) || !TIMESTAMP.test(timestamp)) return null;
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
    return id;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return null;
    throw error;
  }
}

/** Null for bytes that are no text: replacing them would let different bodies share a signature. */
function textOf(body: Buffer): string | null {
  try {
    return utf8.decode(body);
  } catch {
    return null;
  }
}
