import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { IncomingMessage } from '../webhooks/incoming-message.js';

export const STANDARD_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwq3Vw7Yk1Zp0=';

export const HMAC_SECRET = 'a shared secret of some length';

/** A message as the official library signs it. */
export function standardMessage({
  secret = STANDARD_SECRET,
  id = 'msg_1',
  body = '{"text":"Hello"}',
  ageSeconds = 0,
}: { secret?: string; id?: string; body?: string; ageSeconds?: number } = {}): IncomingMessage {
  const time = new Date(Math.floor(Date.now() / 1_000 - ageSeconds) * 1_000);
  return message(body, {
    'webhook-id': id,
    'webhook-timestamp': String(time.getTime() / 1_000),
    'webhook-signature': new Webhook(secret).sign(id, time, body),
  });
}

/** The same body and secret as many senders sign them. */
export function hmacMessage({
  body = '{"text":"Hello"}',
  encoding = 'hex',
  prefix = 'sha256=',
  timestamp,
}: { body?: string; encoding?: 'hex' | 'base64'; prefix?: string; timestamp?: number } = {}): IncomingMessage {
  const signed = timestamp === undefined ? body : `${timestamp}.${body}`;
  const digest = createHmac('sha256', HMAC_SECRET).update(signed).digest(encoding);
  return message(body, {
    'x-signature-256': `${prefix}${digest}`,
    ...(timestamp !== undefined && { 'x-timestamp': String(timestamp) }),
  });
}

export function message(body: string | Buffer, headers: Record<string, string | string[]>): IncomingMessage {
  return {
    token: 'x'.repeat(32),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat()])),
    query: {},
    body: Buffer.from(body),
  };
}

/** Copies with one header changed; a list sends it more than once, null leaves it out. */
export function withHeader(original: IncomingMessage, name: string, value: string | string[] | null): IncomingMessage {
  const { [name]: _, ...others } = original.headers;
  return { ...original, headers: { ...others, ...(value !== null && { [name]: [value].flat() }) } };
}

/** Every copy of the body with one bit changed in one byte. */
export function flippedBodies(original: IncomingMessage): IncomingMessage[] {
  return [...original.body.keys()].map((index) => {
    const body = Buffer.from(original.body);
    body[index]! ^= 1 << (index % 8);
    return { ...original, body };
  });
}
