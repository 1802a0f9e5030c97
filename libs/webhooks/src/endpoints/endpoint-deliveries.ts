import { Injectable } from '@nestjs/common';
import { InjectLogger, type Logger } from '#platform/logging';
import { DeliveryLoop } from '../delivery/delivery-loop.js';
import { outcomeOf } from '../delivery/delivery-outcome.js';
import type { Deliveries } from '../delivery/delivery.task.js';
import { STANDARD_SCHEDULE } from '../delivery/retry-schedule.js';
import { DisabledNotices } from './disabled-notices.js';
import { type ClaimedEndpointDelivery, DueEndpointDeliveriesRepository } from './due-endpoint-deliveries.repository.js';
import { EndpointHealth } from './endpoint-health.js';
import { EndpointSender } from './endpoint-sender.js';

/** Events that come together are begun together. */
const GATHER_MS = 10;

/** Brings to endpoints what they are to be told. */
@Injectable()
export class EndpointDeliveries implements Deliveries {
  private readonly loop: DeliveryLoop<ClaimedEndpointDelivery>;
  private areAny = false;
  private isGathering = false;

  constructor(
    private readonly due: DueEndpointDeliveriesRepository,
    private readonly sender: EndpointSender,
    private readonly health: EndpointHealth,
    private readonly notices: DisabledNotices,
    @InjectLogger() logger: Logger,
  ) {
    this.loop = new DeliveryLoop(
      {
        what: 'webhook deliveries',
        claim: (limits) => due.claim(limits),
        deliver: (delivery, signal) => this.deliver(delivery, signal),
      },
      logger,
    );
  }

  async round(): Promise<void> {
    const { areAny, areDue, areNotices } = await this.due.situation();
    this.areAny = areAny;
    if (areDue) await this.loop.begin();
    if (areNotices) await this.notices.round();
  }

  /** Something was committed that an endpoint may want to know. Costs nothing while no endpoint is known. */
  somethingHappened(): void {
    if (!this.areAny || this.isGathering || this.loop.isClosed) return;
    this.isGathering = true;
    setTimeout(() => {
      this.isGathering = false;
      this.loop.beginSoon();
    }, GATHER_MS).unref();
  }

  /** Somebody wants a delivery now. */
  askedFor(): void {
    this.loop.beginSoon();
  }

  /** Forgets some deliveries that are older than thirty days. @returns whether there may be more */
  forgetSomeOld(): Promise<boolean> {
    return this.due.deleteSomeOld();
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.loop.idle();
  }

  stop(withinMs: number): Promise<void> {
    return this.loop.stop(withinMs);
  }

  private async deliver(delivery: ClaimedEndpointDelivery, signal: AbortSignal): Promise<void> {
    const begunAt = performance.now();
    const answer = await this.sender.send(delivery, signal);
    const outcome = outcomeOf(STANDARD_SCHEDULE, answer, delivery.attempt, Math.random());
    await this.due.record(delivery, answer, outcome, Math.round(performance.now() - begunAt));
    await this.health.heard(delivery.endpointId, answer);
  }
}
