import { Inject, Injectable } from '@nestjs/common';
import { type EgressClient, EgressError } from '#platform/egress';
import { InjectLogger, type Logger } from '#platform/logging';
import { SecretUnreadableError } from '#platform/secrets';
import { AGENT_EGRESS } from '../outside.module.js';
import { CallbackMessages } from './callback-messages.js';
import { type CallbackAnswer, problemOf } from './callback-outcome.js';
import { retryAfterMs } from './callback-schedule.js';
import type { ClaimedCallback } from './due-callbacks.repository.js';
import { signedHeaders } from './signed-headers.js';
import { SigningSecretsService } from './signing-secrets.service.js';

/** A receiver that needs longer should take the message and work afterwards. */
const LIMITS = { connectMs: 10_000, firstByteMs: 20_000, totalMs: 20_000 };

/** Sends one message once. */
@Injectable()
export class CallbackSender {
  constructor(
    private readonly messages: CallbackMessages,
    private readonly secrets: SigningSecretsService,
    @Inject(AGENT_EGRESS) private readonly egress: Pick<EgressClient, 'stream'>,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** In the callback's organisation. Never rejects: whatever goes wrong is an answer. @param signal stops waiting */
  async send(callback: ClaimedCallback, signal: AbortSignal): Promise<CallbackAnswer> {
    try {
      const body = await this.messages.of(callback.executionId);
      if (body === null) return { status: null, error: 'The run is gone.', hopeless: true };
      return await this.post(callback, body, signal);
    } catch (error) {
      if (signal.aborted) return { status: null, error: INTERRUPTED, interrupted: true };
      if (error instanceof EgressError) {
        return { status: null, error: error.message, hopeless: error.code === 'egress.blocked' };
      }
      this.logger.warn({ err: error, callbackId: callback.id }, 'a callback could not be sent; it is tried again');
      return { status: null, error: error instanceof SecretUnreadableError ? UNREADABLE : UNPREPARED };
    }
  }

  private async post({ id, url }: ClaimedCallback, body: string, signal: AbortSignal): Promise<CallbackAnswer> {
    const now = new Date();
    const answer = await this.egress.stream({
      method: 'POST',
      url,
      headers: signedHeaders(id, now, body, await this.secrets.signingSecrets()),
      body,
      limits: LIMITS,
      redirect: 'manual',
      signal,
    });
    // The status says it all; what else the receiver has to say may never end.
    await answer.body.cancel().catch(() => undefined);
    const { status, headers } = answer;
    return { status, error: problemOf(status), retryAfterMs: retryAfterMs(headers['retry-after'], now.getTime()) };
  }
}

const INTERRUPTED = 'The process was stopped before an answer came; another one tries again.';

const UNREADABLE =
  'The signing secret cannot be read, because ENCRYPTION_KEY was changed. Rotate the secret, then redeliver.';

const UNPREPARED = 'The message could not be prepared; the log of the server says why.';
