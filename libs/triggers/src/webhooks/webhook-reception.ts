import { createHash } from 'node:crypto';
import { RateLimits } from '#billing';
import { ExecutionsService } from '#executions';
import { Injectable } from '@nestjs/common';
import { AppError } from '#platform/errors';
import { OrgContext } from '#tenancy';
import { failureOf } from '../trigger-failure.js';
import { messageReused, nothingAtHook, notVerified, webhookPaused } from '../triggers.errors.js';
import type { IncomingMessage } from './incoming-message.js';
import { inputOf } from './message-input.js';
import { MessageRate } from './message-rate.js';
import { MessageVerifier } from './message-verifier.js';
import { type WebhookAtDoor, WebhookAddressesRepository } from './webhook-addresses.repository.js';
import { type VerifiedMessage, WebhookDeliveriesRepository } from './webhook-deliveries.repository.js';
import { isWebhookToken } from './webhook-token.js';

const MESSAGES_PER_MINUTE = 600;

/** Turns a message into a run, exactly one, if it proves its sender. Until then nothing of it is kept. */
@Injectable()
export class WebhookReception {
  private readonly rate = new MessageRate(MESSAGES_PER_MINUTE);

  constructor(
    private readonly addresses: WebhookAddressesRepository,
    private readonly verifier: MessageVerifier,
    private readonly deliveries: WebhookDeliveriesRepository,
    private readonly executions: ExecutionsService,
    private readonly limits: RateLimits,
  ) {}

  /**
   * @returns the run that the message started, now or when it came before
   * @throws AppError not_found · unauthenticated · limited, of which nothing is kept; or why it was refused, which is
   */
  async receive(message: IncomingMessage): Promise<string> {
    const webhook = isWebhookToken(message.token) ? await this.addresses.find(message.token) : null;
    if (!webhook) throw nothingAtHook(message.token);
    this.rate.take(webhook.id);
    const messageId = this.verifier.verify(webhook, message);
    if (messageId === null) throw notVerified();
    const verified = { webhookId: webhook.id, messageId, bodyHash: hashOf(message.body) };
    return OrgContext.run(webhook.orgId, () => this.accept(webhook, verified, message));
  }

  private async accept(webhook: WebhookAtDoor, verified: VerifiedMessage, message: IncomingMessage): Promise<string> {
    const earlier = await this.deliveries.find(verified);
    if (earlier?.outcome === 'accepted' && earlier.executionId !== null) {
      if (earlier.bodyHash !== verified.bodyHash) throw messageReused();
      await this.deliveries.noteRepeat(earlier.id);
      return earlier.executionId;
    }
    try {
      const executionId = await this.start(webhook, verified, message);
      await this.deliveries.recordAccepted(verified, executionId);
      return executionId;
    } catch (error) {
      if (isRefusal(error)) await this.deliveries.recordRefused(verified, failureOf(error, new Date()));
      throw error;
    }
  }

  /** The message is the run's idempotency key, so deliveries side by side start one. */
  private async start(
    webhook: WebhookAtDoor,
    { messageId, bodyHash }: VerifiedMessage,
    message: IncomingMessage,
  ): Promise<string> {
    if (!webhook.enabled) throw webhookPaused();
    await this.limits.admitRequest({ orgId: webhook.orgId, userId: null });
    const input = await inputOf(message, webhook.inputExpression, webhook.signatureHeader ?? 'webhook-signature');
    try {
      const { executionId } = await this.executions.start({
        agentId: webhook.agentId,
        version: webhook.version ?? undefined,
        input,
        mode: 'background',
        trigger: 'webhook',
        triggeredBy: { id: webhook.id, name: webhook.name },
        createdByUserId: null,
        metadata: { messageId },
        idempotency: { key: `webhook:${webhook.id}:${hashOf(messageId)}`, requestHash: bodyHash },
      });
      return executionId;
    } catch (error) {
      throw error instanceof AppError && error.code === 'idempotency.other_request' ? messageReused() : error;
    }
  }
}

/** Our own word about this message; when the database or the queue is away, nothing was decided. */
const isRefusal = (error: unknown): boolean =>
  error instanceof AppError && error.kind !== 'unavailable' && error.kind !== 'limited';

const hashOf = (data: Buffer | string): string => createHash('sha256').update(data).digest('base64url');
