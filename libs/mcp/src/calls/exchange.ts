import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { Response } from 'express';
import { CallStop, type StopReason } from './call-stop.js';

/** One request of a client by HTTP, with the calls in it, until its answer is whole. */
export class Exchange {
  /** Called when all that was left of the answer are calls that were cancelled, which nobody answers. */
  onSilent: () => void = () => undefined;

  private readonly calls = new Map<RequestId, CallStop>();
  private hasCancelled = false;

  constructor(
    readonly session: string,
    private readonly response: Response,
  ) {
    response.on('close', () => this.stop('hung-up'));
  }

  /** Whether the client reads more slowly than it is told things. */
  get isBehind(): boolean {
    return this.response.writableNeedDrain;
  }

  begin(id: RequestId): CallStop {
    const stop = new CallStop();
    this.calls.set(id, stop);
    if (this.response.destroyed) stop.now('hung-up');
    return stop;
  }

  end(id: RequestId): void {
    this.calls.get(id)?.close();
    this.calls.delete(id);
    // What another call has just given back is written first.
    if (this.hasCancelled && this.calls.size === 0) setImmediate(this.onSilent);
  }

  /** @returns whether such a call is under way here */
  cancel(id: RequestId): boolean {
    const call = this.calls.get(id);
    if (!call) return false;
    this.hasCancelled = true;
    call.now('cancelled');
    return true;
  }

  /** Nothing of these calls is followed any further. */
  stop(reason: StopReason): void {
    for (const call of this.calls.values()) call.now(reason);
  }
}
