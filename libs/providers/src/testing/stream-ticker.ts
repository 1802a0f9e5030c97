import type { ServerResponse } from 'node:http';
import type { ReplyBytes } from './fake-openai-replies.js';

export interface PacedReply {
  readonly response: ServerResponse;
  readonly reply: ReplyBytes;
  readonly tokensPerSecond: number;
}

interface RunningReply extends PacedReply {
  readonly startedAt: number;
  /** Bytes written so far. */
  sent: number;
}

const TICK_MS = 5;

/** One timer for all paced streams: a hundred of them with timers of their own would measure timers. */
export class StreamTicker {
  private readonly running = new Set<RunningReply>();
  private timer: NodeJS.Timeout | undefined;

  add(paced: PacedReply): void {
    const reply = { ...paced, startedAt: performance.now(), sent: 0 };
    this.running.add(reply);
    this.advance(reply, reply.startedAt);
    this.timer ??= setInterval(() => this.tick(), TICK_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.running.clear();
  }

  private tick(): void {
    const now = performance.now();
    for (const reply of this.running) this.advance(reply, now);
    if (this.running.size === 0) this.stop();
  }

  private advance(running: RunningReply, now: number): void {
    const { response, reply, tokensPerSecond, startedAt } = running;
    if (response.destroyed) {
      this.running.delete(running);
      return;
    }
    const due = 1 + Math.floor(((now - startedAt) / 1_000) * tokensPerSecond);
    if (due >= reply.ends.length) {
      this.running.delete(running);
      response.end(reply.stream.subarray(running.sent));
      return;
    }
    const end = reply.ends[due]!;
    if (end > running.sent) response.write(reply.stream.subarray(running.sent, end));
    running.sent = end;
  }
}
