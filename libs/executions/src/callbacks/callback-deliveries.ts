import { Injectable } from '@nestjs/common';
import { InjectLogger, type Logger } from '#platform/logging';
import { type Deliveries, DeliveryLoop, outcomeOf, STANDARD_SCHEDULE } from '#webhooks';
import { CallbackSender } from './callback-sender.js';
import { type ClaimedCallback, DueCallbacksRepository } from './due-callbacks.repository.js';

/** Ends that come together are noticed together. */
const GATHER_MS = 10;

/** Bounds one statement; what is beyond is found by the next round. */
const MAX_ENDED = 1_000;

/** Callbacks of runs that have ended: found out at once for those of this process, otherwise with a round. */
@Injectable()
export class CallbackDeliveries implements Deliveries {
  private readonly loop: DeliveryLoop<ClaimedCallback>;
  private ended: string[] = [];
  private areExpected = false;

  constructor(
    private readonly due: DueCallbacksRepository,
    private readonly sender: CallbackSender,
    @InjectLogger() private readonly logger: Logger,
  ) {
    this.loop = new DeliveryLoop(
      {
        what: 'callbacks',
        claim: (limits) => due.claim(limits),
        deliver: (callback, signal) => this.deliver(callback, signal),
      },
      logger,
    );
  }

  /** One round: notices runs that have ended and begins what is due. */
  async round(): Promise<void> {
    const { areWaiting, areDue } = await this.due.noticeEnds();
    this.areExpected = areWaiting;
    if (areDue) await this.loop.begin();
  }

  /**
   * A run of this process has ended. Costs nothing while no callback is known to wait.
   * @param isCertain whether this run is known to have one
   */
  runEnded(executionId: string, isCertain: boolean): void {
    if (this.loop.isClosed || (!isCertain && !this.areExpected) || this.ended.length >= MAX_ENDED) return;
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
    this.loop.beginSoon();
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.loop.idle();
  }

  stop(withinMs: number): Promise<void> {
    return this.loop.stop(withinMs);
  }

  private async beginEnded(): Promise<void> {
    const ended = this.ended.splice(0);
    if (!this.loop.isClosed && (await this.due.noticeEndsOf(ended))) await this.loop.begin();
  }

  private async deliver(callback: ClaimedCallback, signal: AbortSignal): Promise<void> {
    const begunAt = performance.now();
    const answer = await this.sender.send(callback, signal);
    const outcome = outcomeOf(STANDARD_SCHEDULE, answer, callback.attempt, Math.random());
    await this.due.record(callback, answer, outcome, Math.round(performance.now() - begunAt));
  }
}
