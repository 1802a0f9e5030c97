import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InjectLogger, type Logger } from '#platform/logging';
import type { KnownWait } from './known-wait.js';
import { WaitAnswers } from './wait-answers.js';

/** What is due later is found by the reconciler's rounds in good time. */
const NEAR_MS = 60_000;

/** Bounds the timers of a process; the reconciler finds the rest with a second's delay. */
const MAX_TIMERS = 10_000;

/** The database's clock decides and may be a little behind ours: then it is asked again after these times. */
const ASK_AGAIN_AFTER_MS = [20, 100, 500];

/** Answers waits of this process's runs at their moment, instead of with the reconciler's next round. */
@Injectable()
export class NearTimers implements OnModuleDestroy {
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly answers: WaitAnswers,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  watch(executionId: string, waits: readonly KnownWait[]): void {
    for (const { id, dueAt } of waits) {
      if (dueAt === null || this.timers.has(id) || this.timers.size >= MAX_TIMERS) continue;
      const delayMs = dueAt - Date.now();
      if (delayMs < NEAR_MS) this.set(id, executionId, Math.max(0, delayMs), 0);
    }
  }

  onModuleDestroy(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private set(waitId: string, executionId: string, delayMs: number, asked: number): void {
    const timer = setTimeout(() => {
      this.timers.delete(waitId);
      this.answers.dueOf(executionId).then(
        (count) => {
          const again = ASK_AGAIN_AFTER_MS[asked];
          if (count === 0 && again !== undefined) this.set(waitId, executionId, again, asked + 1);
        },
        (error: unknown) =>
          this.logger.warn({ err: error, executionId }, 'a timer was missed; the reconciler sees to it'),
      );
    }, delayMs);
    timer.unref();
    this.timers.set(waitId, timer);
  }
}
