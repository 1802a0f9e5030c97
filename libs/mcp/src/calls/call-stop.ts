import type { UnfinishedReason } from './unfinished-result.js';

/**
 * Why a call is not followed any further, though its run may go on: its client has cancelled it (then the run is cancelled
 * too), hung up or lost its credential, this process stops, a person must answer first, or it has taken too long.
 */
export type StopReason = 'cancelled' | 'hung-up' | 'revoked' | UnfinishedReason;

/** Ends the following of one run, for the first reason that comes up. */
export class CallStop {
  private readonly controller = new AbortController();
  private readonly timers = new Map<StopReason, NodeJS.Timeout>();
  private given: StopReason | null = null;

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Null while it goes on. */
  get reason(): StopReason | null {
    return this.given;
  }

  now(reason: StopReason): void {
    this.given ??= reason;
    this.controller.abort();
  }

  /** Unless it is called off; asking again for the same reason changes nothing. */
  after(ms: number, reason: StopReason): void {
    if (!this.timers.has(reason))
      this.timers.set(
        reason,
        setTimeout(() => this.now(reason), ms),
      );
  }

  callOff(reason: StopReason): void {
    clearTimeout(this.timers.get(reason));
    this.timers.delete(reason);
  }

  /** The call is over: no timer may hold it any longer. */
  close(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }
}
