import type { ExecutionEvent, ExecutionEventPage } from '@/shared/api/generated/schema';
import { applyEvents, emptyTimeline, hasEnded, hasGap, type ExecutionTimeline } from './execution-timeline';
import type { SubscribeAnswer } from './executions-socket';

/**
 * `loading` until the events so far are there · `connecting` until the socket stands for the first time · `live` · `catching-up` while the connection is lost or a hole is being filled ·
 * `polling` while sockets do not get through · `ended` · `failed` when the run could not be read at all.
 */
export type Connection = 'loading' | 'connecting' | 'live' | 'catching-up' | 'polling' | 'ended' | 'failed';

/** The part of a socket.io socket that following needs. */
export interface FollowerSocket {
  readonly connected: boolean;
  on(name: 'connect' | 'disconnect', listener: () => void): unknown;
  on(name: 'event', listener: (event: ExecutionEvent) => void): unknown;
  off(name: 'connect' | 'disconnect', listener: () => void): unknown;
  off(name: 'event', listener: (event: ExecutionEvent) => void): unknown;
  emit(
    name: 'subscribe',
    request: { executionId: string; after?: number },
    answer: (answer: SubscribeAnswer) => void,
  ): unknown;
  emit(name: 'unsubscribe', request: { executionId: string }): unknown;
}

export interface FollowerOptions {
  executionId: string;
  /** Null: sockets are not to be tried at all. */
  socket: FollowerSocket | null;
  fetchEvents: (after: number, waitSeconds: number, signal: AbortSignal) => Promise<ExecutionEventPage>;
  /** Called with every change, at most once per frame. */
  onChange: (timeline: ExecutionTimeline, connection: Connection, error: unknown) => void;
  /** Batches changes; requestAnimationFrame in the browser. */
  schedule?: (work: () => void) => void;
  /** How long a lost socket may take before polling begins, in milliseconds. */
  patienceMs?: number;
  /** How often a quiet connection is checked against the log, in milliseconds. */
  checkEveryMs?: number;
}

const POLL_WAIT_SECONDS = 20;

/** The server reads at most 200 commits at a time, each of one event or more: a page with fewer events ends at the end of the log. */
const FULL_PAGE_EVENTS = 200;
const EMPTY_POLL_PAUSE_MS = 500;
const MAX_BACKOFF_MS = 10_000;

/**
 * Follows one run to its end through whatever works: the log first, then the socket, long polling while the socket is down.
 * Every source goes through the same fold by seq, so no event is lost or counted twice whichever way it came.
 */
export class ExecutionFollower {
  private timeline: ExecutionTimeline;
  private connection: Connection = 'loading';
  private error: unknown = null;
  private readonly stopped = new AbortController();
  private readonly waiting: ExecutionEvent[] = [];
  private flushPlanned = false;
  private catchingUp: Promise<void> | null = null;
  private polling = false;
  private patience: ReturnType<typeof setTimeout> | undefined;
  private check: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: FollowerOptions) {
    this.timeline = emptyTimeline(options.executionId);
  }

  start(): void {
    const { socket, checkEveryMs = 20_000 } = this.options;
    socket?.on('connect', this.onConnect);
    socket?.on('disconnect', this.onDisconnect);
    socket?.on('event', this.onEvent);
    this.check = setInterval(() => void this.catchUp(), checkEveryMs);
    void this.catchUp();
  }

  stop(): void {
    if (this.stopped.signal.aborted) return;
    this.stopped.abort();
    const { socket, executionId } = this.options;
    clearTimeout(this.patience);
    clearInterval(this.check);
    socket?.off('connect', this.onConnect);
    socket?.off('disconnect', this.onDisconnect);
    socket?.off('event', this.onEvent);
    if (socket?.connected) socket.emit('unsubscribe', { executionId });
  }

  private readonly onConnect = (): void => {
    if (this.over() || this.connection === 'loading' || this.connection === 'failed') return;
    const { socket, executionId } = this.options;
    socket?.emit('subscribe', { executionId, after: this.timeline.lastSeq }, (answer) => {
      if (this.over()) return;
      if (!answer.ok) return this.poll();
      clearTimeout(this.patience);
      this.become('live');
      if (answer.lastSeq > this.timeline.lastSeq) void this.catchUp();
    });
  };

  private readonly onDisconnect = (): void => {
    if (this.over() || this.connection === 'loading' || this.connection === 'failed') return;
    if (this.connection === 'live') this.become('catching-up');
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.poll(), this.options.socket ? (this.options.patienceMs ?? 4000) : 0);
  };

  private readonly onEvent = (event: ExecutionEvent): void => {
    if (event.executionId === this.options.executionId && !this.over()) this.take([event]);
  };

  private take(events: readonly ExecutionEvent[]): void {
    this.waiting.push(...events);
    if (this.flushPlanned) return;
    this.flushPlanned = true;
    const schedule = this.options.schedule ?? nextFrame;
    schedule(() => this.flush());
  }

  private flush(): void {
    this.flushPlanned = false;
    if (this.stopped.signal.aborted) return;
    this.timeline = applyEvents(this.timeline, this.waiting.splice(0));
    if (hasEnded(this.timeline) && !hasGap(this.timeline)) this.finish();
    else if (hasGap(this.timeline)) void this.catchUp();
    this.tell();
  }

  /** Reads the log from the last event without a hole, page by page. One at a time. */
  private catchUp(): Promise<void> {
    if (this.over()) return Promise.resolve();
    this.catchingUp ??= this.readOn()
      .catch((error: unknown) => {
        if (this.stopped.signal.aborted) return;
        this.error = error;
        if (this.connection === 'loading') this.become('failed');
      })
      .finally(() => {
        this.catchingUp = null;
      });
    return this.catchingUp;
  }

  private async readOn(): Promise<void> {
    for (;;) {
      const before = this.timeline.lastSeq;
      const page = await this.options.fetchEvents(before, 0, this.stopped.signal);
      this.fold(page);
      if (this.over() || page.data.length < FULL_PAGE_EVENTS || this.timeline.lastSeq === before) break;
    }
    if (this.over() || (this.connection !== 'loading' && this.connection !== 'failed')) return;
    this.become('connecting');
    if (this.options.socket?.connected) this.onConnect();
    else this.onDisconnect();
  }

  private poll(): void {
    if (this.polling || this.over()) return;
    this.polling = true;
    this.become('polling');
    void this.pollLoop().finally(() => {
      this.polling = false;
    });
  }

  private async pollLoop(): Promise<void> {
    let failures = 0;
    while (!this.over() && this.connection !== 'live') {
      try {
        const page = await this.options.fetchEvents(this.timeline.lastSeq, POLL_WAIT_SECONDS, this.stopped.signal);
        this.fold(page);
        this.becomeUnlessLive('polling');
        failures = 0;
        // A proxy may answer long polls at once.
        if (page.data.length === 0) await new Promise((resolve) => setTimeout(resolve, EMPTY_POLL_PAUSE_MS));
      } catch (error) {
        if (this.over()) return;
        failures += 1;
        this.error = error;
        this.becomeUnlessLive('catching-up');
        await new Promise((resolve) => setTimeout(resolve, Math.min(MAX_BACKOFF_MS, 500 * 2 ** failures)));
      }
    }
  }

  private fold(page: ExecutionEventPage): void {
    if (this.stopped.signal.aborted) return;
    this.error = null;
    this.timeline = applyEvents(this.timeline, [...this.waiting.splice(0), ...page.data]);
    if (page.finished && this.timeline.lastSeq >= page.lastSeq) this.finish();
    this.tell();
  }

  private finish(): void {
    this.connection = 'ended';
    const timeline = this.timeline;
    this.options.onChange(timeline, 'ended', null);
    this.stop();
  }

  private over(): boolean {
    return this.connection === 'ended' || this.stopped.signal.aborted;
  }

  private become(connection: Connection): void {
    if (this.connection === connection || this.over()) return;
    this.connection = connection;
    this.tell();
  }

  /** While a poll was under way the socket may have come back; then the poll has nothing to say about the connection. */
  private becomeUnlessLive(connection: Connection): void {
    if (this.connection !== 'live') this.become(connection);
  }

  private tell(): void {
    if (!this.stopped.signal.aborted) this.options.onChange(this.timeline, this.connection, this.error);
  }
}

function nextFrame(work: () => void): void {
  // A hidden tab gets no frames; its events must not pile up.
  if (document.visibilityState === 'hidden') setTimeout(work, 100);
  else requestAnimationFrame(work);
}
