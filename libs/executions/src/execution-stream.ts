import { Injectable } from '@nestjs/common';
import { LiveBus } from '#platform/events';
import { type EventChunk, type EventEnvelope, executionChannel, TERMINAL_EVENT } from './execution-event.js';
import { ExecutionEventsRepository } from './execution-events.repository.js';
import { executionNotFound } from './executions.errors.js';

/** Without a live message for this long the log is read again: messages between processes may get lost. */
const POLL_MS = 2_000;

/** Live chunks that a slow reader may leave lying; beyond it they are forgotten and read from the log later. */
const INBOX_LIMIT = 256;

/**
 * A run's events from any point on, gapless: first from the log, then live, and from the log again whenever the live
 * messages show a gap. One code behind sockets, SSE and long poll. Must be called inside the organisation.
 */
@Injectable()
export class ExecutionStream {
  constructor(
    private readonly events: ExecutionEventsRepository,
    private readonly bus: LiveBus,
  ) {}

  /** Last committed sequence number and whether the run has ended. @throws AppError not found */
  async state(executionId: string): Promise<{ lastSeq: number; finished: boolean }> {
    const state = await this.events.findState(executionId);
    if (!state) throw executionNotFound();
    return state;
  }

  /**
   * Yields events after `afterSeq` in order, each once, and returns after the terminal one or when `signal` aborts. The
   * reader's pace is the pace: nothing is fetched ahead of it.
   * @param fresh the run was started by this process just now, so that everything will come live and the log need not be asked;
   * its first commit is waited for until `signal` aborts
   */
  async *follow(
    executionId: string,
    afterSeq: number,
    signal: AbortSignal,
    fresh = false,
  ): AsyncGenerator<readonly EventEnvelope[], void> {
    const inbox = new Inbox(executionId);
    const stopListening = this.bus.subscribe(executionChannel(executionId), (message) => inbox.put(message));
    let seq = afterSeq;
    let behind = !fresh;
    try {
      while (!signal.aborted) {
        const chunks = behind ? await this.events.findAfter(executionId, seq) : inbox.take();
        for (const chunk of chunks) {
          if (chunk.firstSeq > seq + 1) {
            behind = true;
            break;
          }
          const news = chunk.events.filter((event) => event.seq > seq);
          if (news.length === 0) continue;
          seq = chunk.lastSeq;
          yield news;
          if (news.at(-1)?.type === TERMINAL_EVENT) return;
        }
        if (chunks.length > 0) continue;
        const uncommitted = fresh && seq === afterSeq;
        if (behind && !uncommitted && (await this.hasNothingMore(executionId, seq))) return;
        behind = !(await inbox.filled(POLL_MS, signal)) || inbox.overflowed();
      }
    } finally {
      stopListening();
      inbox.close();
    }
  }

  /** Resolves when the run has ended, waits for something outside, or `signal` aborts. @throws AppError not found */
  async untilEnd(executionId: string, signal: AbortSignal): Promise<void> {
    const { lastSeq } = await this.state(executionId);
    if (await this.isAtRest(executionId)) return;
    for await (const events of this.follow(executionId, lastSeq, signal)) {
      if (events.some(({ type }) => type === 'wait-start') && (await this.isAtRest(executionId))) return;
    }
  }

  private async isAtRest(executionId: string): Promise<boolean> {
    const state = await this.events.findState(executionId);
    return state === null || state.finished || state.status === 'waiting';
  }

  /** A finished run whose log was read to its end, or a run that has been deleted meanwhile. */
  private async hasNothingMore(executionId: string, seq: number): Promise<boolean> {
    const state = await this.events.findState(executionId);
    return state === null || (state.finished && state.lastSeq <= seq);
  }
}

/** Live messages between arrival and reading, bounded. */
class Inbox {
  private messages: string[] = [];
  private dropped = false;
  private wake: ((filled: boolean) => void) | null = null;

  constructor(private readonly executionId: string) {}

  put(message: string): void {
    if (this.messages.length >= INBOX_LIMIT) {
      this.messages = [];
      this.dropped = true;
    } else {
      this.messages.push(message);
    }
    this.wake?.(true);
  }

  take(): EventChunk[] {
    return this.messages.splice(0).map((message) => parseChunk(this.executionId, message));
  }

  /** Whether messages were dropped since the last question. */
  overflowed(): boolean {
    const { dropped } = this;
    this.dropped = false;
    return dropped;
  }

  /** Resolves with true once there is a message, with false after the time or when the signal aborts. */
  filled(withinMs: number, signal: AbortSignal): Promise<boolean> {
    if (this.messages.length > 0 || this.dropped) return Promise.resolve(true);
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const done = (filled: boolean): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        this.wake = null;
        resolve(filled);
      };
      const onAbort = (): void => done(false);
      const timer = setTimeout(() => done(false), withinMs);
      signal.addEventListener('abort', onAbort, { once: true });
      this.wake = done;
    });
  }

  close(): void {
    this.wake?.(false);
    this.messages = [];
  }
}

/** Reads what `ExecutionRunner` publishes: `<firstSeq> <lastSeq> <JSON array>`, envelopes without `executionId`. */
function parseChunk(executionId: string, message: string): EventChunk {
  const first = message.indexOf(' ');
  const second = message.indexOf(' ', first + 1);
  return {
    firstSeq: Number(message.slice(0, first)),
    lastSeq: Number(message.slice(first + 1, second)),
    events: (JSON.parse(message.slice(second + 1)) as Omit<EventEnvelope, 'executionId'>[]).map((event) => ({
      executionId,
      ...event,
    })),
  };
}
