import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ExecutionEvent } from '@/shared/api/generated/schema';
import { ExecutionFollower, type Connection, type FollowerSocket } from './execution-follower';
import type { ExecutionTimeline } from './execution-timeline';

/** A run on a server: a gapless log that grows, readable by polling and by socket. */
class FakeRun {
  readonly log: ExecutionEvent[] = [];
  reads = 0;
  down = false;

  happen(type: ExecutionEvent['type'], data: Record<string, unknown> = {}, stepId?: string): ExecutionEvent {
    const event = { executionId: 'run', seq: this.log.length + 1, at: new Date().toISOString(), type, stepId, data };
    this.log.push(event);
    return event;
  }

  readonly fetchEvents = (after: number) => {
    this.reads += 1;
    if (this.down) return Promise.reject(new TypeError('fetch failed'));
    const finished = this.log.at(-1)?.type === 'execution-end';
    return Promise.resolve({ data: this.log.slice(after), lastSeq: this.log.length, finished });
  };
}

class FakeSocket implements FollowerSocket {
  connected = true;
  readonly subscribedAfter: (number | undefined)[] = [];
  private readonly listeners = new Map<string, Set<(event: never) => void>>();

  constructor(private readonly run: FakeRun) {}

  on(name: string, listener: (event: never) => void): void {
    this.listeners.set(name, (this.listeners.get(name) ?? new Set()).add(listener));
  }
  off(name: string, listener: (event: never) => void): void {
    this.listeners.get(name)?.delete(listener);
  }
  emit(
    name: string,
    request: { executionId: string; after?: number },
    answer?: (answer: { ok: true; lastSeq: number }) => void,
  ): void {
    if (name !== 'subscribe') return;
    this.subscribedAfter.push(request.after);
    answer?.({ ok: true, lastSeq: this.run.log.length });
  }
  push(event: ExecutionEvent): void {
    this.fire('event', event);
  }
  set(connected: boolean): void {
    this.connected = connected;
    this.fire(connected ? 'connect' : 'disconnect', undefined);
  }
  private fire(name: string, value: unknown): void {
    for (const listener of this.listeners.get(name) ?? []) listener(value as never);
  }
}

let follower: ExecutionFollower | undefined;
afterEach(() => follower?.stop());

function follow(run: FakeRun, socket: FollowerSocket | null) {
  const seen: { timeline?: ExecutionTimeline; connection?: Connection; connections: Connection[] } = {
    connections: [],
  };
  follower = new ExecutionFollower({
    executionId: 'run',
    socket,
    fetchEvents: run.fetchEvents,
    schedule: (work) => queueMicrotask(work),
    patienceMs: 5,
    onChange: (timeline, connection) => {
      seen.timeline = timeline;
      seen.connection = connection;
      if (seen.connections.at(-1) !== connection) seen.connections.push(connection);
    },
  });
  follower.start();
  return seen;
}

describe('following a run', () => {
  it('reads the log first and then goes on where the log ended', async () => {
    const run = new FakeRun();
    run.happen('execution-start');
    run.happen('step-start', { kind: 'llm' }, 'a');
    const socket = new FakeSocket(run);
    const seen = follow(run, socket);
    await vi.waitFor(() => expect(seen.connection).toBe('live'));
    expect(socket.subscribedAfter).toEqual([2]);
    socket.push(run.happen('text-delta', { text: 'Hi' }, 'a'));
    await vi.waitFor(() => expect(seen.timeline?.steps.get('a')?.text).toBe('Hi'));
  });

  it('needs no socket for a run that is over', async () => {
    const run = new FakeRun();
    run.happen('execution-start');
    run.happen('execution-end', { status: 'succeeded' });
    const socket = new FakeSocket(run);
    const seen = follow(run, socket);
    await vi.waitFor(() => expect(seen.connection).toBe('ended'));
    expect(socket.subscribedAfter).toEqual([]);
  });

  it('fetches what is missing when the socket skips an event', async () => {
    const run = new FakeRun();
    run.happen('execution-start');
    const socket = new FakeSocket(run);
    const seen = follow(run, socket);
    await vi.waitFor(() => expect(seen.connection).toBe('live'));
    run.happen('step-start', { kind: 'llm' }, 'a');
    socket.push(run.happen('text-delta', { text: 'Hi' }, 'a'));
    await vi.waitFor(() => expect(seen.timeline?.lastSeq).toBe(3));
    expect(seen.timeline?.events.map((event) => event.seq)).toEqual([1, 2, 3]);
  });

  it('says that it lost the connection, polls meanwhile, and doubles nothing when the socket is back', async () => {
    const run = new FakeRun();
    run.happen('execution-start');
    const socket = new FakeSocket(run);
    const seen = follow(run, socket);
    await vi.waitFor(() => expect(seen.connection).toBe('live'));
    socket.set(false);
    expect(seen.connection).toBe('catching-up');
    const missed = run.happen('log', { level: 'info', message: 'while away' });
    await vi.waitFor(() => expect(seen.timeline?.lastSeq).toBe(2));
    expect(seen.connections).toContain('polling');
    socket.set(true);
    await vi.waitFor(() => expect(seen.connection).toBe('live'));
    socket.push(missed);
    socket.push(run.happen('execution-end', { status: 'succeeded' }));
    await vi.waitFor(() => expect(seen.connection).toBe('ended'));
    expect(seen.timeline?.logs).toHaveLength(1);
    expect(socket.subscribedAfter.at(-1)).toBe(2);
  });

  it('survives a server that is gone for a while', async () => {
    const run = new FakeRun();
    run.happen('execution-start');
    const socket = new FakeSocket(run);
    const seen = follow(run, socket);
    await vi.waitFor(() => expect(seen.connection).toBe('live'));
    run.down = true;
    socket.set(false);
    await vi.waitFor(() => expect(run.reads).toBeGreaterThan(1));
    expect(seen.connection).toBe('catching-up');
    run.down = false;
    run.happen('execution-end', { status: 'succeeded' });
    await vi.waitFor(() => expect(seen.connection).toBe('ended'), { timeout: 3000 });
  });

  it('works without any socket', async () => {
    const run = new FakeRun();
    run.happen('execution-start');
    const seen = follow(run, null);
    await vi.waitFor(() => expect(seen.connection).toBe('polling'));
    run.happen('execution-end', { status: 'failed' });
    await vi.waitFor(() => expect(seen.connection).toBe('ended'));
  });

  it('fails openly when the run cannot be read at all', async () => {
    const run = new FakeRun();
    run.down = true;
    const seen = follow(run, new FakeSocket(run));
    await vi.waitFor(() => expect(seen.connection).toBe('failed'));
  });
});
