import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { type Answer, HttpClient } from './clients/http-client.js';

/** What making a webhook answers with. */
export interface MadeWebhook {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
}

/** Headers by which a sender proves itself, as the official library makes them. */
export function signedHeaders(
  secret: string,
  body: string,
  id: string = randomUUID(),
  at = new Date(),
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
}

/** One signed message, sent to the server at `url`, whatever address the webhook tells the world. */
export function callWebhook(
  url: string,
  webhook: MadeWebhook,
  body: unknown,
  id?: string,
): Promise<Answer<{ executionId: string }>> {
  const text = JSON.stringify(body);
  return new HttpClient(url, null).fetch(
    'POST',
    new URL(webhook.url).pathname,
    text,
    signedHeaders(webhook.secret, text, id),
  );
}
