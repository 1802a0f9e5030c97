import { Inject, Injectable } from '@nestjs/common';
import type { EgressClient } from '#platform/egress';
import { InjectLogger, type Logger } from '#platform/logging';
import { type DeliveryAnswer, sendSigned } from '#webhooks';
import { AGENT_EGRESS } from '../outside.module.js';
import { CallbackMessages } from './callback-messages.js';
import type { ClaimedCallback } from './due-callbacks.repository.js';
import { SigningSecretsService } from './signing-secrets.service.js';

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
  send({ id, url, executionId }: ClaimedCallback, signal: AbortSignal): Promise<DeliveryAnswer> {
    const { egress, logger } = this;
    return sendSigned(
      async () => {
        const body = await this.messages.of(executionId);
        if (body === null) return { refused: 'The run is gone.' };
        return { id, url, body, secrets: await this.secrets.signingSecrets() };
      },
      { egress, logger, signal },
    );
  }
}
