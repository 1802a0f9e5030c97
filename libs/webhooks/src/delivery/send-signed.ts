import { type EgressClient, EgressError } from '#platform/egress';
import type { Logger } from '#platform/logging';
import { SecretUnreadableError } from '#platform/secrets';
import { answerExcerpt } from './answer-excerpt.js';
import { type DeliveryAnswer, problemOf } from './delivery-outcome.js';
import { retryAfterMs } from './retry-schedule.js';
import { signedHeaders } from './signed-headers.js';

/** In milliseconds. A receiver that needs longer should take the message and work afterwards. */
const LIMITS = { connectMs: 10_000, firstByteMs: 20_000, totalMs: 20_000 };

/** What is sent, once. */
export interface SignedMessage {
  /** Sent as `webhook-id`: the same at every attempt. */
  readonly id: string;
  readonly url: string;
  /** JSON text. */
  readonly body: string;
  /** Each signs, the current one first. */
  readonly secrets: readonly string[];
}

/** What there is to send, or why there is nothing. */
export type Prepared = SignedMessage | { readonly refused: string };

export interface SendingMeans {
  readonly egress: Pick<EgressClient, 'stream'>;
  readonly logger: Logger;
  /** Stops waiting. */
  readonly signal: AbortSignal;
  /** Whether the answer's beginning is of interest. */
  readonly readsAnswer?: boolean;
}

/**
 * Sends one message once. Never rejects: whatever goes wrong is an answer.
 * @param prepare what to send; a refusal of it is hopeless
 */
export async function sendSigned(prepare: () => Promise<Prepared>, means: SendingMeans): Promise<DeliveryAnswer> {
  const { signal, logger } = means;
  try {
    const message = await prepare();
    if ('refused' in message) return { status: null, error: message.refused, hopeless: true, ours: true };
    return await post(message, means);
  } catch (error) {
    if (signal.aborted) return { status: null, error: INTERRUPTED, interrupted: true, ours: true };
    if (error instanceof EgressError) {
      return { status: null, error: error.message, hopeless: error.code === 'egress.blocked' };
    }
    logger.warn({ err: error }, 'a signed message could not be sent; it is tried again');
    return { status: null, error: error instanceof SecretUnreadableError ? UNREADABLE : UNPREPARED, ours: true };
  }
}

async function post(message: SignedMessage, { egress, signal, readsAnswer }: SendingMeans): Promise<DeliveryAnswer> {
  const { id, url, body, secrets } = message;
  const now = new Date();
  const answer = await egress.stream({
    method: 'POST',
    url,
    headers: signedHeaders(id, now, body, secrets),
    body,
    limits: LIMITS,
    redirect: 'manual',
    signal,
  });
  const { status, headers } = answer;
  const heard = {
    status,
    error: problemOf(status),
    retryAfterMs: retryAfterMs(headers['retry-after'], now.getTime()),
  };
  if (readsAnswer) return { ...heard, excerpt: await answerExcerpt(answer.body, secrets) };
  // The status says it all; what else the receiver has to say may never end.
  await answer.body.cancel().catch(() => undefined);
  return heard;
}

const INTERRUPTED = 'The process was stopped before an answer came; another one tries again.';

const UNREADABLE =
  'The signing secret cannot be read, because ENCRYPTION_KEY was changed. Rotate the secret, then redeliver.';

const UNPREPARED = 'The message could not be prepared; the log of the server says why.';
