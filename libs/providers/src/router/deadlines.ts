import { type DeadlineName, DeadlineExceededError } from '../errors/deadline-exceeded-error.js';
import type { CallDeadlines } from '../model/call-deadlines.js';
import type { StreamPart } from '../model/stream-part.js';

export const DEFAULT_DEADLINES: CallDeadlines = {
  connectMs: 15_000,
  firstTokenMs: 120_000,
  idleMs: 60_000,
  totalMs: 600_000,
};

type Work<T> = (signal: AbortSignal) => T;

/** Runs a call that answers in one piece: `totalMs` and the caller's signal both end it at once. */
export async function withTotalDeadline<T>(
  model: string,
  { totalMs }: CallDeadlines,
  signal: AbortSignal | undefined,
  work: Work<Promise<T>>,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let stop = (): void => undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    const end = (reason: Error): void => {
      reject(reason);
      controller.abort(reason);
    };
    stop = () => end(signal?.reason as Error);
    timer = setTimeout(() => end(new DeadlineExceededError(model, 'total', totalMs, false)), totalMs);
  });
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work(controller.signal), ended]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/** Streams a call under all four deadlines. The model's signal is aborted before the caller hears of it. */
export function streamWithDeadlines(
  model: string,
  deadlines: CallDeadlines,
  signal: AbortSignal | undefined,
  work: Work<AsyncIterable<StreamPart>>,
): AsyncIterable<StreamPart> {
  return { [Symbol.asyncIterator]: () => new WatchedStream(model, deadlines, signal, work) };
}

/**
 * An iterator that watches another one. One timer serves all deadlines: parts only note the time, and the timer,
 * when it fires early, sets itself again. At a thousand parts a second that is the difference that shows.
 */
class WatchedStream implements AsyncIterator<StreamPart> {
  private readonly controller = new AbortController();
  private readonly startedAt = performance.now();
  private inner: AsyncIterator<StreamPart> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private lastPartAt = this.startedAt;
  private connected = false;
  private outputStarted = false;
  /** The model has shown that it is at work, if only by thinking: from then on silence is what counts. */
  private working = false;
  /** True while somebody waits for a part; a caller who takes its time must not look like a silent provider. */
  private waiting = false;
  private isOver = false;
  private failure: { readonly reason: Error } | undefined;
  private rejectWaiting: ((reason: Error) => void) | undefined;

  constructor(
    private readonly model: string,
    private readonly deadlines: CallDeadlines,
    private readonly signal: AbortSignal | undefined,
    private readonly work: Work<AsyncIterable<StreamPart>>,
  ) {}

  next(): Promise<IteratorResult<StreamPart>> {
    if (this.signal?.aborted && !this.failure) this.end(this.signal.reason as Error);
    if (this.failure) return Promise.reject(this.failure.reason);
    if (!this.inner) this.begin();
    else if (this.isOver) return this.inner.next();
    this.waiting = true;
    this.lastPartAt = performance.now();
    return new Promise((resolve, reject) => {
      this.rejectWaiting = reject;
      this.inner!.next().then(
        (result) => {
          this.waiting = false;
          if (result.done) this.release();
          else this.note(result.value);
          resolve(result);
        },
        (error: Error) => {
          this.release();
          reject(error);
        },
      );
    });
  }

  return(): Promise<IteratorResult<StreamPart>> {
    this.release();
    // After the last part the connection is worth keeping for the next call.
    if (!this.isOver) this.controller.abort(new Error('The stream was left by its reader.'));
    this.isOver = true;
    // Not awaited: an iterator that hangs would make leaving hang too.
    this.inner?.return?.().catch(() => undefined);
    return Promise.resolve({ done: true, value: undefined });
  }

  private begin(): void {
    this.inner = this.work(this.controller.signal)[Symbol.asyncIterator]();
    this.signal?.addEventListener('abort', this.onAbort, { once: true });
    this.arm();
  }

  private note(part: StreamPart): void {
    this.lastPartAt = performance.now();
    if (part.type === 'finish') {
      this.isOver = true;
      return this.release();
    }
    this.connected = true;
    if (part.type === 'stream-start') return this.arm();
    const first = !this.working;
    this.working = true;
    if (part.type !== 'progress') this.outputStarted = true;
    // Only now may the nearest deadline have moved closer than the timer believes.
    if (first) this.arm();
  }

  private arm(): void {
    clearTimeout(this.timer);
    const { dueAt } = this.nearest();
    this.timer = setTimeout(this.onTimer, Math.max(1, Math.ceil(dueAt - performance.now())));
  }

  private readonly onTimer = (): void => {
    const { name, limitMs, dueAt } = this.nearest();
    if (performance.now() < dueAt - 1) return this.arm();
    this.end(new DeadlineExceededError(this.model, name, limitMs, this.outputStarted));
  };

  private readonly onAbort = (): void => this.end(this.signal?.reason as Error);

  private nearest(): { name: DeadlineName; limitMs: number; dueAt: number } {
    const { connectMs, firstTokenMs, idleMs, totalMs } = this.deadlines;
    const candidates = [{ name: 'total' as DeadlineName, limitMs: totalMs, dueAt: this.startedAt + totalMs }];
    if (!this.connected) candidates.push({ name: 'connect', limitMs: connectMs, dueAt: this.startedAt + connectMs });
    if (!this.working) {
      candidates.push({ name: 'first-token', limitMs: firstTokenMs, dueAt: this.startedAt + firstTokenMs });
    } else {
      const quietSince = this.waiting ? this.lastPartAt : performance.now();
      candidates.push({ name: 'idle', limitMs: idleMs, dueAt: quietSince + idleMs });
    }
    return candidates.reduce((nearest, candidate) => (candidate.dueAt < nearest.dueAt ? candidate : nearest));
  }

  private end(reason: Error): void {
    this.failure = { reason };
    this.release();
    this.controller.abort(reason);
    this.inner?.return?.().catch(() => undefined);
    this.rejectWaiting?.(reason);
  }

  private release(): void {
    clearTimeout(this.timer);
    this.signal?.removeEventListener('abort', this.onAbort);
  }
}
