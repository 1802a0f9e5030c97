import { Webhook } from 'standardwebhooks';

/**
 * Headers by the Standard Webhooks specification.
 * @param id the same at every attempt, so that the receiver can tell that it has had the message
 * @param secrets each signs, so that receivers have time to learn a new one
 */
export function signedHeaders(
  id: string,
  sentAt: Date,
  body: string,
  secrets: readonly string[],
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, sentAt, body)).join(' '),
  };
}
