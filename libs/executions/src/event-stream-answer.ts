import { once } from 'node:events';
import { currentPrincipal } from '#auth';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { EventEnvelope } from './execution-event.js';
import { ExecutionStream } from './execution-stream.js';
import { Watchers } from './watchers.js';

/** Comment lines keep proxies from closing a quiet stream. */
const KEEP_ALIVE_MS = 15_000;

/** How long a reader that takes nothing may hold its stream. */
const STUCK_MS = 60_000;

/** A run's events as server-sent events: `id` is the sequence number, so a browser resumes by itself. */
@Injectable()
export class EventStreamAnswer {
  constructor(
    private readonly stream: ExecutionStream,
    private readonly watchers: Watchers,
  ) {}

  /** Resolves when the run has ended, the reader has gone or may not read on. Must be called inside the organisation. @throws AppError not found */
  async send(executionId: string, afterSeq: number, response: Response): Promise<void> {
    await this.stream.state(executionId);
    await this.pump(response, (gone) => this.stream.follow(executionId, afterSeq, gone));
  }

  /**
   * From the first event of a run that this process has just started. Nothing is sent before `accepted`; when that
   * rejects, so does this, with the response untouched.
   */
  async sendFresh(executionId: string, accepted: Promise<void>, response: Response): Promise<void> {
    const gone = new AbortController();
    const events = this.stream.follow(executionId, 0, gone.signal, true);
    const first = events.next();
    try {
      await accepted;
    } catch (error) {
      gone.abort();
      await first;
      throw error;
    }
    await this.pump(response, (closed) => {
      closed.addEventListener('abort', () => gone.abort());
      return withFirst(first, events);
    });
  }

  private async pump(
    response: Response,
    follow: (gone: AbortSignal) => AsyncIterable<readonly EventEnvelope[]>,
  ): Promise<void> {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    if (response.destroyed) gone.abort();
    response.status(200);
    response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
    response.setHeader('Cache-Control', 'no-cache, no-transform');
    response.setHeader('X-Accel-Buffering', 'no');
    response.flushHeaders();
    const leave = this.watchers.add({
      principal: currentPrincipal(),
      revoked: () => {
        response.write('event: revoked\ndata: {}\n\n');
        gone.abort();
      },
      // Browsers keep it for when the connection ends, which is when this process does.
      draining: (reconnectInMs) => response.write(`retry: ${reconnectInMs}\n\n`),
    });
    const keepAlive = setInterval(() => response.write(': keep-alive\n\n'), KEEP_ALIVE_MS);
    try {
      for await (const events of follow(gone.signal)) {
        let text = '';
        for (const event of events)
          text += `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
        if (!response.write(text)) await drained(response, gone.signal);
      }
    } finally {
      leave();
      clearInterval(keepAlive);
      response.end();
    }
  }
}

async function* withFirst<T>(
  first: Promise<IteratorResult<T, void>>,
  rest: AsyncGenerator<T, void>,
): AsyncGenerator<T, void> {
  const result = await first;
  if (result.done) return;
  yield result.value;
  yield* rest;
}

/** Waits for a slow reader, not for ever. */
async function drained(response: Response, gone: AbortSignal): Promise<void> {
  try {
    await once(response, 'drain', { signal: AbortSignal.any([gone, AbortSignal.timeout(STUCK_MS)]) });
  } catch {
    response.destroy();
  }
}

/** The largest sequence number that the log can hold. */
const LARGEST_SEQ = 2_147_483_647;

/** After which event a stream begins: what the address says or what the browser had last, whichever is further on. */
export function startingPoint(after: number, lastEventId: string | undefined): number {
  const last = Number.parseInt(lastEventId ?? '0', 10) || 0;
  return Math.min(Math.max(after, last), LARGEST_SEQ);
}
