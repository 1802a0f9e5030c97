import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { OrgDatabase } from '#tenancy';
import type { DeliveryAnswer } from '../delivery/delivery-outcome.js';
import { deliveryNotFound, deliveryUnderWay, endpointOff, tooManyDeliveryAttempts } from '../webhooks.errors.js';
import { EndpointDeliveries } from './endpoint-deliveries.js';
import { EndpointDeliveriesRepository } from './endpoint-deliveries.repository.js';
import { EndpointSender } from './endpoint-sender.js';
import { TEST_EVENT } from './event-types.js';
import { messageBody } from './message-bodies.js';
import { WebhookEndpointsService } from './webhook-endpoints.service.js';

/** Bounds the log of one delivery, however often somebody asks for it again. */
const MAX_ATTEMPTS_EVER = 100;

/** Bounds one request for everything that failed; whoever has more asks again. */
const MAX_AT_ONCE = 1_000;

/** What became of a trial. */
export interface EndpointTrial {
  readonly deliveryId: string;
  readonly answer: DeliveryAnswer;
  readonly durationMs: number;
}

/** How many deliveries were asked for again, and whether there may be more. */
export interface Replayed {
  readonly count: number;
  readonly hasMore: boolean;
}

/** What people ask of deliveries: try the endpoint, send one again, send all that failed. */
@Injectable()
export class EndpointReplaysService {
  constructor(
    private readonly database: OrgDatabase,
    private readonly endpoints: WebhookEndpointsService,
    private readonly deliveries: EndpointDeliveriesRepository,
    private readonly loop: EndpointDeliveries,
    private readonly sender: EndpointSender,
  ) {}

  /** Sends a signed test event and waits for the answer; also to an endpoint that is off. @throws AppError not found */
  async test(endpointId: string): Promise<EndpointTrial> {
    const endpoint = await this.endpoints.get(endpointId);
    const id = newId();
    const body = messageBody(TEST_EVENT, new Date(), { endpointId, name: endpoint.name });
    const begunAt = performance.now();
    // The sender's own deadlines end it.
    const answer = await this.sender.sendTo(endpoint, id, body, new AbortController().signal);
    const durationMs = Math.round(performance.now() - begunAt);
    await this.deliveries.addTried(endpoint, { id, type: TEST_EVENT, body, durationMs }, answer);
    return { deliveryId: id, answer, durationMs };
  }

  /**
   * Has one tried once more, at once; when that fails it goes on where the schedule was.
   * @throws AppError not found · endpoint off · under way · too many attempts
   */
  async replay(endpointId: string, deliveryId: string): Promise<void> {
    await this.database.transaction(async () => {
      await this.assertOn(endpointId);
      const delivery = await this.deliveries.lock(endpointId, deliveryId);
      if (!delivery) throw deliveryNotFound();
      if (delivery.isUnderWay) throw deliveryUnderWay();
      if (delivery.attempts >= MAX_ATTEMPTS_EVER) throw tooManyDeliveryAttempts(MAX_ATTEMPTS_EVER);
      await this.deliveries.makeDue(delivery.id);
    });
    this.database.afterCommit(() => this.loop.askedFor());
  }

  /** Has everything tried again that was given up since then, oldest first. @throws AppError not found · endpoint off */
  async replayFailed(endpointId: string, since: Date): Promise<Replayed> {
    const count = await this.database.transaction(async () => {
      await this.assertOn(endpointId);
      return this.deliveries.makeFailedDue(endpointId, since, { most: MAX_AT_ONCE, maxAttempts: MAX_ATTEMPTS_EVER });
    });
    this.database.afterCommit(() => this.loop.askedFor());
    return { count, hasMore: count === MAX_AT_ONCE };
  }

  private async assertOn(endpointId: string): Promise<void> {
    if (!(await this.endpoints.get(endpointId)).enabled) throw endpointOff();
  }
}
