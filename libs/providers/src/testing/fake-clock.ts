import type { Clock } from '../router/clock.js';

/** A clock that stands still until somebody sleeps, and then is at once where the sleeper wants to be. */
export class FakeClock implements Clock {
  /** Every pause that was asked for, in milliseconds, oldest first. */
  readonly slept: number[] = [];
  private time = Date.parse('2026-11-21T12:00:00Z');

  constructor(private readonly chance = 0.5) {}

  now(): number {
    return this.time;
  }

  random(): number {
    return this.chance;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    this.slept.push(ms);
    this.pass(ms);
    return Promise.resolve();
  }

  pass(ms: number): void {
    this.time += ms;
  }
}
