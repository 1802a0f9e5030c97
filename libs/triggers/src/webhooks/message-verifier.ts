import { Injectable } from '@nestjs/common';
import { InjectLogger, type Logger } from '#platform/logging';
import { SecretBox, SecretUnreadableError } from '#platform/secrets';
import type { IncomingMessage } from './incoming-message.js';
import { verifyHmac } from './signatures/hmac-signature.js';
import { verifyStandardWebhook } from './signatures/standard-webhooks-signature.js';
import type { WebhookAtDoor } from './webhook-addresses.repository.js';

/** The row that a webhook's secret is sealed for. */
export const secretOwner = ({ orgId, id }: { readonly orgId: string; readonly id: string }) => ({
  field: 'webhook.sealed_secret',
  orgId,
  rowId: id,
});

/** Decides whether a message proves its sender. Whatever is in doubt does not. */
@Injectable()
export class MessageVerifier {
  constructor(
    private readonly secrets: SecretBox,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** The message's id, or null when it proves nothing. */
  verify(webhook: WebhookAtDoor, message: IncomingMessage): string | null {
    const secret = this.secretOf(webhook);
    if (secret === null || secret === '') return null;
    if (webhook.verification === 'standard-webhooks') return verifyStandardWebhook(secret, message);
    const { signatureHeader, timestampHeader } = webhook;
    return signatureHeader === null ? null : verifyHmac(secret, { signatureHeader, timestampHeader }, message);
  }

  private secretOf(webhook: WebhookAtDoor): string | null {
    try {
      return this.secrets.open(webhook.sealedSecret, secretOwner(webhook));
    } catch (error) {
      if (!(error instanceof SecretUnreadableError)) throw error;
      this.logger.error({ err: error, webhookId: webhook.id }, 'the secret of a webhook cannot be read; rotate it');
      return null;
    }
  }
}
