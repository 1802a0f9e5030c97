import { StepError } from '#kernel';
import { Webhook } from 'standardwebhooks';
import type { Tool, ToolArguments } from '../tool.js';
import type { ToolEgress } from '../tool-egress.js';
import { serviceFailure, transportFailure } from './service-failure.js';
import { serviceTools, text } from './service-tool.js';

const LIMITS = { totalMs: 30_000, maxResponseBytes: 256 * 1024 };

interface Args extends ToolArguments {
  readonly url: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Tells another system something, signed by the Standard Webhooks specification so that it knows from whom. */
export function webhookTools(egress: ToolEgress): readonly Tool[] {
  return serviceTools({ kinds: ['standard-webhooks'], required: true }, [
    {
      name: 'webhook',
      description:
        'Sends a signed message to a web address that waits for such messages. The same call is never taken twice.',
      effect: 'write',
      // The receiver tells a message by its id, which is the same at every attempt.
      repeatable: true,
      properties: {
        url: text('Where to send it; the credential must allow its host.', 8_000),
        type: { type: 'string', pattern: '^[a-zA-Z0-9_.]{1,100}$', description: 'What has happened, order.shipped.' },
        data: { type: 'object', description: 'What there is to say about it.' },
      },
      required: ['url', 'type', 'data'],
      run: async (given, { credential, idempotencyKey, signal }) => {
        const { url, type, data } = given as Args;
        const { secret = '' } = await credential.opened(url);
        const id = messageId(idempotencyKey);
        const sentAt = new Date();
        const body = JSON.stringify({ type, timestamp: sentAt.toISOString(), data });
        const answer = await send(egress, {
          url,
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'webhook-id': id,
            'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
            'webhook-signature': signature(secret, id, sentAt, body),
          },
          body,
          redirect: 'manual',
          limits: LIMITS,
          signal,
        });
        const { status, headers } = answer;
        if (status < 200 || status > 299) {
          const retryAfter = headers['retry-after'];
          throw serviceFailure({ service: 'The receiver', status, said: '', retryAfter, isWrite: true });
        }
        return { id, status };
      },
    },
  ]);
}

/** Letters, digits and dashes for every receiver, and still the same for the same call. */
const messageId = (idempotencyKey: string): string => `msg_${Buffer.from(idempotencyKey).toString('hex').slice(-120)}`;

function signature(secret: string, id: string, sentAt: Date, body: string): string {
  try {
    return new Webhook(secret).sign(id, sentAt, body);
  } catch {
    throw new StepError({
      code: 'tool.invalid_secret',
      message: 'The secret of the credential is none of Standard Webhooks: it is whsec_ and base64.',
      retryable: false,
    });
  }
}

async function send(egress: ToolEgress, request: Parameters<ToolEgress['request']>[0]) {
  try {
    return await egress.request(request);
  } catch (error) {
    throw transportFailure(error, true);
  }
}
