import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { runWith } from '#platform/context';
import { InjectLogger, type Logger } from '#platform/logging';
import { OrgContext } from '#tenancy';
import { BusyCounts } from './busy-counts.js';
import { outcomeOf } from './callback-outcome.js';
import { CallbackSender } from './callback-sender.js';
import { type ClaimedCallback, DueCallbacksRepository } from './due-callbacks.repository.js';

/** Deliveries of this process at one time, to one origin, and of one organisation. */
const MAX_UNDER_WAY = 128;
const MAX_PER_ORIGIN = 8;
const MAX_PER_ORG = 32;

/** Ends that come together are noticed together. */
const GATHER_MS = 10;

/** Bounds one statement; what is beyond is found by the next round. */
const MAX_ENDED = 1_000;

/** Delivers what is due: some at a time, never many to one place, and none of it holds a run up. */
@Injectable()
export class CallbackDeliveries {
  private readonly underWay = new Set<Promise<void>>();
  private readonly origins = new BusyCounts();
  private readonly orgs = new BusyCounts();
  private readonly stopping = new AbortController();
  private ended: string[] = [];
  private areExpected = false;
  private isClaiming = false;
  private mustClaimAgain = false;
  private isClosed = false;

  constructor(
    private readonly due: DueCallbacksRepository,
    private readonly sender: CallbackSender,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** One round: notices runs that have ended and begins what is due. */
  async round(): Promise<void> {
    const { areWaiting, areDue } = await this.due.noticeEnds();
    this.areExpected = areWaiting;
    if (areDue) await this.begin();
  }

  /**
   * A run of this process has ended. Costs nothing while no callback is known to wait.
   * @param isCertain whether this run is known to have one
   */
  runEnded(executionId: string, isCertain: boolean): void {
    if (this.isClosed || (!isCertain && !this.areExpected) || this.ended.length >= MAX_ENDED) return;
    this.ended.push(executionId);
    if (this.ended.length > 1) return;
    setTimeout(() => {
      this.beginEnded().catch((error: unknown) => {
        this.logger.warn({ err: error }, 'callbacks of ended runs were not begun; the next round does');
      });
    }, GATHER_MS).unref();
  }

  /** Somebody wants one of them now. */
  askedFor(): void {
    this.begin().catch((error: unknown) => {
      this.logger.warn({ err: error }, 'callbacks that were asked for were not begun; the next round does');
    });
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0 || this.isClaiming) await Promise.race([...this.underWay, sleep(20)]);
  }

  /** Begins nothing more, lets deliveries end for a while and gives the rest to other processes. */
  async stop(withinMs: number): Promise<void> {
    this.isClosed = true;
    await Promise.race([this.idle(), sleep(withinMs, undefined, { ref: false })]);
    this.stopping.abort();
    await this.idle();
  }

  private async beginEnded(): Promise<void> {
    const ended = this.ended.splice(0);
    if (!this.isClosed && (await this.due.noticeEndsOf(ended))) await this.begin();
  }

  /** One claim at a time; whoever comes in between has one more made. */
  private async begin(): Promise<void> {
    this.mustClaimAgain = true;
    if (this.isClaiming) return;
    this.isClaiming = true;
    try {
      while (this.mustClaimAgain && !this.isClosed && this.underWay.size < MAX_UNDER_WAY) {
        this.mustClaimAgain = false;
        const claimed = await this.due.claim({
          wanted: MAX_UNDER_WAY - this.underWay.size,
          perOrigin: MAX_PER_ORIGIN,
          perOrg: MAX_PER_ORG,
          busyOrigins: this.origins.counts,
          busyOrgs: this.orgs.counts,
        });
        for (const callback of claimed) this.start(callback);
        if (claimed.length > 0) this.mustClaimAgain = true;
      }
    } finally {
      this.isClaiming = false;
    }
  }

  private start(callback: ClaimedCallback): void {
    this.origins.add(callback.origin);
    this.orgs.add(callback.orgId);
    const delivery: Promise<void> = this.deliver(callback)
      .catch((error: unknown) => {
        this.logger.warn({ err: error, callbackId: callback.id }, 'what became of a callback was not noted');
      })
      .then(() => {
        this.underWay.delete(delivery);
        this.origins.remove(callback.origin);
        this.orgs.remove(callback.orgId);
        return this.begin();
      })
      .catch((error: unknown) => {
        this.logger.warn({ err: error }, 'callbacks that are due were not begun; the next round does');
      });
    this.underWay.add(delivery);
  }

  private deliver(callback: ClaimedCallback): Promise<void> {
    const { executionId, orgId } = callback;
    // Whoever's end or request began it has no part in it.
    const nobody = {
      executionId,
      orgId: undefined,
      acrossOrgs: undefined,
      transaction: undefined,
      principal: undefined,
    };
    return runWith(nobody, () =>
      OrgContext.run(orgId, async () => {
        const begunAt = performance.now();
        const answer = await this.sender.send(callback, this.stopping.signal);
        const outcome = outcomeOf(answer, callback.attempt, Math.random());
        await this.due.record(callback, answer, outcome, Math.round(performance.now() - begunAt));
      }),
    );
  }
}
