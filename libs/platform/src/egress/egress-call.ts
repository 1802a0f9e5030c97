import { setMaxListeners } from 'node:events';
import type { EgressPhase } from './egress.errors.js';
import { timedOut } from './egress.errors.js';

/** One call through the door across all its redirects: the total deadline, the caller's signal, and whether anything has left yet. */
export class EgressCall {
  private sent = false;
  private over = false;
  private failure: unknown;
  private onFailure: ((reason: unknown) => void) | undefined;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly signal: AbortSignal | undefined,
    totalMs: number,
  ) {
    this.timer = setTimeout(() => this.fail(timedOut('the request as a whole', totalMs, this.phase)), totalMs);
    if (signal?.aborted) this.fail(signal.reason);
    else if (signal) {
      // Whoever makes many calls at once may well end them by one signal; Node takes the eleventh for a leak.
      setMaxListeners(Infinity, signal);
      signal.addEventListener('abort', this.onAbort);
    }
  }

  get phase(): EgressPhase {
    return this.sent ? 'after-send' : 'before-send';
  }

  markSent(): void {
    this.sent = true;
  }

  /** `listener` replaces the one before, and is told at once when the call has already failed. */
  whenFailed(listener: (reason: unknown) => void): void {
    this.onFailure = listener;
    if (this.over) listener(this.failure);
  }

  /** `work`, or the failure of the call or its own deadline, whichever comes first. */
  async waitFor<T>(work: Promise<T>, what: string, limitMs: number): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const interrupted = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(timedOut(what, limitMs, this.phase)), limitMs);
      this.whenFailed(reject);
    });
    try {
      return await Promise.race([work, interrupted]);
    } finally {
      clearTimeout(timer);
      this.onFailure = undefined;
    }
  }

  /** After the last byte or the last failure: nothing may hold on to the caller's signal. */
  release(): void {
    clearTimeout(this.timer);
    this.signal?.removeEventListener('abort', this.onAbort);
    this.onFailure = undefined;
  }

  private readonly onAbort = (): void => this.fail(this.signal?.reason);

  private fail(reason: unknown): void {
    if (this.over) return;
    this.over = true;
    this.failure = reason;
    clearTimeout(this.timer);
    this.onFailure?.(reason);
  }
}
