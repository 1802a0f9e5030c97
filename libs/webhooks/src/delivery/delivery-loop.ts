import { setTimeout as sleep } from 'node:timers/promises';
import { runWith } from '#platform/context';
import type { Logger } from '#platform/logging';
import { OrgContext } from '#tenancy';
import { BusyCounts } from './busy-counts.js';
import type { ClaimedDelivery, DeliveryLimits } from './due-rows.js';

/** Deliveries of one loop at one time, to one origin, and of one organisation. */
const MAX_UNDER_WAY = 128;
const MAX_PER_ORIGIN = 8;
const MAX_PER_ORG = 32;

/** Whose deliveries a loop makes. */
export interface DeliveryWork<C extends ClaimedDelivery> {
  /** For log lines, `callbacks`. */
  readonly what: string;
  /** Takes what is due for this process. */
  readonly claim: (limits: DeliveryLimits) => Promise<C[]>;
  /** Sends one, in its organisation, and notes what became of it. @param signal the process stops */
  readonly deliver: (claimed: C, signal: AbortSignal) => Promise<void>;
}

/** Delivers what is due: some at a time, never many to one place, and none of it holds up whoever asked for it. */
export class DeliveryLoop<C extends ClaimedDelivery> {
  private readonly underWay = new Set<Promise<void>>();
  private readonly origins = new BusyCounts();
  private readonly orgs = new BusyCounts();
  private readonly stopping = new AbortController();
  private isClaiming = false;
  private mustClaimAgain = false;
  private hasStopped = false;

  constructor(
    private readonly work: DeliveryWork<C>,
    private readonly logger: Logger,
  ) {}

  /** Whether it begins nothing any more. */
  get isClosed(): boolean {
    return this.hasStopped;
  }

  /** Begins what is due. One claim at a time; whoever comes in between has one more made. */
  async begin(): Promise<void> {
    this.mustClaimAgain = true;
    if (this.isClaiming) return;
    this.isClaiming = true;
    try {
      while (this.mustClaimAgain && !this.hasStopped && this.underWay.size < MAX_UNDER_WAY) {
        this.mustClaimAgain = false;
        const claimed = await this.work.claim({
          wanted: MAX_UNDER_WAY - this.underWay.size,
          perOrigin: MAX_PER_ORIGIN,
          perOrg: MAX_PER_ORG,
          busyOrigins: this.origins.counts,
          busyOrgs: this.orgs.counts,
        });
        for (const one of claimed) this.start(one);
        if (claimed.length > 0) this.mustClaimAgain = true;
      }
    } finally {
      this.isClaiming = false;
    }
  }

  /** As `begin`, for whoever does not wait for it: what fails is left to the next round. */
  beginSoon(): void {
    this.begin().catch((error: unknown) => {
      this.logger.warn({ err: error }, `${this.work.what} that are due were not begun; the next round does`);
    });
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0 || this.isClaiming) await Promise.race([...this.underWay, sleep(20)]);
  }

  /** Begins nothing more, lets deliveries end for a while and gives the rest to other processes. */
  async stop(withinMs: number): Promise<void> {
    this.hasStopped = true;
    await Promise.race([this.idle(), sleep(withinMs, undefined, { ref: false })]);
    this.stopping.abort();
    await this.idle();
  }

  private start(claimed: C): void {
    this.origins.add(claimed.origin);
    this.orgs.add(claimed.orgId);
    const delivery: Promise<void> = this.deliver(claimed)
      .catch((error: unknown) => {
        this.logger.warn({ err: error, deliveryId: claimed.id }, `${this.work.what}: what became of one was not noted`);
      })
      .then(() => {
        this.underWay.delete(delivery);
        this.origins.remove(claimed.origin);
        this.orgs.remove(claimed.orgId);
        this.beginSoon();
      });
    this.underWay.add(delivery);
  }

  private deliver(claimed: C): Promise<void> {
    // Whoever's end or request began it has no part in it.
    const nobody = {
      executionId: claimed.executionId ?? undefined,
      orgId: undefined,
      acrossOrgs: undefined,
      transaction: undefined,
      principal: undefined,
    };
    return runWith(nobody, () => OrgContext.run(claimed.orgId, () => this.work.deliver(claimed, this.stopping.signal)));
  }
}
