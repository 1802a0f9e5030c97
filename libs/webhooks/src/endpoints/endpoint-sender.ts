import { Inject, Injectable } from '@nestjs/common';
import { InjectLogger, type Logger } from '#platform/logging';
import type { DeliveryAnswer } from '../delivery/delivery-outcome.js';
import { sendSigned } from '../delivery/send-signed.js';
import type { ClaimedEndpointDelivery } from './due-endpoint-deliveries.repository.js';
import { EndpointSecrets } from './endpoint-secrets.js';
import { MessageBodies } from './message-bodies.js';
import type { WebhookEndpoint } from './webhook-endpoint.entity.js';
import { WebhookEndpointsRepository } from './webhook-endpoints.repository.js';
import { WEBHOOKS_EGRESS, type WebhooksEgress } from './webhooks-egress.js';

/** Sends one message once, in the endpoint's organisation. Never rejects: whatever goes wrong is an answer. */
@Injectable()
export class EndpointSender {
  constructor(
    private readonly endpoints: WebhookEndpointsRepository,
    private readonly secrets: EndpointSecrets,
    private readonly bodies: MessageBodies,
    @Inject(WEBHOOKS_EGRESS) private readonly egress: WebhooksEgress,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** To where the endpoint is by now, signed with what it signs with by now. @param signal stops waiting */
  send(delivery: ClaimedEndpointDelivery, signal: AbortSignal): Promise<DeliveryAnswer> {
    return sendSigned(async () => {
      const endpoint = await this.endpoints.find(delivery.endpointId);
      if (!endpoint) return { refused: 'The endpoint is gone.' };
      if (!endpoint.enabled) return { refused: 'The endpoint is switched off.' };
      const body = await this.bodies.of(delivery);
      if (body === null) return { refused: 'What it tells of is gone.' };
      return { id: delivery.id, url: endpoint.url, body, secrets: await this.secrets.signing(endpoint) };
    }, this.means(signal));
  }

  /** Whether the endpoint is on or off. */
  sendTo(endpoint: WebhookEndpoint, id: string, body: string, signal: AbortSignal): Promise<DeliveryAnswer> {
    return sendSigned(
      async () => ({ id, url: endpoint.url, body, secrets: await this.secrets.signing(endpoint) }),
      this.means(signal),
    );
  }

  private means(signal: AbortSignal) {
    return { egress: this.egress, logger: this.logger, signal, readsAnswer: true };
  }
}
