import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '#platform/ids';
import { executionNotFound } from './executions.errors.js';
import type { SocketFollower } from './socket-follower.js';
import { type ExecutionSocket, SocketSession } from './socket-session.js';

/** Follows nothing; the test ends what was begun. */
class FakeFollower implements Pick<SocketFollower, 'begin' | 'followOrg'> {
  readonly signals: AbortSignal[] = [];
  readonly ends: (() => void)[] = [];
  failure: Error | null = null;
  orgs = 0;

  async begin(
    _socket: ExecutionSocket,
    _wanted: object,
    signal: AbortSignal,
  ): Promise<{ lastSeq: number; ended: Promise<void> }> {
    await Promise.resolve();
    if (this.failure) throw this.failure;
    this.signals.push(signal);
    return { lastSeq: 5, ended: new Promise((resolve) => this.ends.push(resolve)) };
  }

  followOrg(): () => void {
    this.orgs += 1;
    return () => void (this.orgs -= 1);
  }
}

function setUp(permissions = ['executions:read']): { session: SocketSession; follower: FakeFollower; sent: string[] } {
  const [follower, sent] = [new FakeFollower(), [] as string[]];
  const socket = {
    data: { principal: { permissions: new Set(permissions) } },
    emit: (name: string) => void sent.push(name),
    disconnect: () => void sent.push('(disconnected)'),
  };
  return { session: new SocketSession(socket as unknown as ExecutionSocket, follower), follower, sent };
}

describe('A socket', () => {
  it('hears where the log stands when it subscribes', async () => {
    const { session } = setUp();
    expect(await session.subscribe({ executionId: newId() })).toEqual({ ok: true, lastSeq: 5 });
  });

  it('without the permission follows nothing', async () => {
    const { session } = setUp([]);
    expect(await session.subscribe({ executionId: newId() })).toEqual({ ok: false, code: 'auth.forbidden' });
    expect(session.subscribeOrg()).toEqual({ ok: false, code: 'auth.forbidden' });
  });

  it('asks again from another point: the first subscription ends', async () => {
    const { session, follower } = setUp();
    const executionId = newId();
    await session.subscribe({ executionId });
    await session.subscribe({ executionId, after: 3 });
    expect(follower.signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  it('follows fifty runs and is refused the next, until one of them ends', async () => {
    const { session, follower } = setUp();
    for (let each = 0; each < 50; each += 1) await session.subscribe({ executionId: newId() });
    expect(await session.subscribe({ executionId: newId() })).toEqual({
      ok: false,
      code: 'socket.too_many_subscriptions',
    });
    follower.ends[7]?.();
    await sleep(0);
    expect(await session.subscribe({ executionId: newId() })).toMatchObject({ ok: true });
  });

  it('learns by its code why a run cannot be followed, and of our own failures nothing', async () => {
    const { session, follower } = setUp();
    follower.failure = executionNotFound();
    expect(await session.subscribe({ executionId: newId() })).toEqual({ ok: false, code: 'execution.not_found' });
    follower.failure = new Error('password=hunter2');
    expect(await session.subscribe({ executionId: newId() })).toEqual({ ok: false, code: 'internal' });
  });

  it('that is revoked follows nothing any more, is told and disconnected', async () => {
    const { session, follower, sent } = setUp();
    await session.subscribe({ executionId: newId() });
    session.subscribeOrg();
    session.subscribeOrg();
    expect(follower.orgs).toBe(1);
    session.revoked();
    expect([follower.signals[0]?.aborted, follower.orgs, sent]).toEqual([true, 0, ['revoked', '(disconnected)']]);
  });
});
