import type { Socket } from 'socket.io';
import type { Principal } from '#auth';
import { AppError } from '#platform/errors';
import { type ServerMessages, readSubscription, type SubscribeAnswer } from './socket-messages.js';
import type { SocketFollower } from './socket-follower.js';
import type { Watcher } from './watchers.js';

export type ExecutionSocket = Socket<
  Record<string, never>,
  ServerMessages,
  Record<string, never>,
  { principal: Principal }
>;

/** Runs that one socket may follow at a time. */
const MAX_SUBSCRIPTIONS = 50;

const MALFORMED: SubscribeAnswer = { ok: false, code: 'request.invalid' };

/** One connected socket: whose it is and what it follows. */
export class SocketSession implements Watcher {
  private readonly subscriptions = new Map<string, AbortController>();
  private stopOrg: (() => void) | null = null;

  constructor(
    private readonly socket: ExecutionSocket,
    private readonly follower: Pick<SocketFollower, 'begin' | 'followOrg'>,
  ) {}

  get principal(): Principal {
    return this.socket.data.principal;
  }

  /** A second subscription to the same run replaces the first, so that a client may ask for another starting point. */
  async subscribe(message: unknown): Promise<SubscribeAnswer> {
    const wanted = readSubscription(message);
    if (!wanted) return MALFORMED;
    if (!this.principal.permissions.has('executions:read')) return { ok: false, code: 'auth.forbidden' };
    if (this.subscriptions.size >= MAX_SUBSCRIPTIONS && !this.subscriptions.has(wanted.executionId)) {
      return { ok: false, code: 'socket.too_many_subscriptions' };
    }
    this.subscriptions.get(wanted.executionId)?.abort();
    const stop = new AbortController();
    this.subscriptions.set(wanted.executionId, stop);
    try {
      const { lastSeq, ended } = await this.follower.begin(this.socket, wanted, stop.signal);
      void ended.then(() => this.forget(wanted.executionId, stop));
      return { ok: true, lastSeq };
    } catch (error) {
      this.forget(wanted.executionId, stop);
      return { ok: false, code: error instanceof AppError ? error.code : 'internal' };
    }
  }

  unsubscribe(message: unknown): SubscribeAnswer {
    const wanted = readSubscription(message);
    if (!wanted) return MALFORMED;
    this.subscriptions.get(wanted.executionId)?.abort();
    this.subscriptions.delete(wanted.executionId);
    return { ok: true };
  }

  subscribeOrg(): SubscribeAnswer {
    if (!this.principal.permissions.has('executions:read')) return { ok: false, code: 'auth.forbidden' };
    this.stopOrg ??= this.follower.followOrg(this.socket);
    return { ok: true };
  }

  revoked(): void {
    this.close();
    this.socket.emit('revoked');
    this.socket.disconnect(true);
  }

  draining(reconnectInMs: number): void {
    this.socket.emit('draining', { reconnectInMs });
  }

  close(): void {
    for (const stop of this.subscriptions.values()) stop.abort();
    this.subscriptions.clear();
    this.stopOrg?.();
    this.stopOrg = null;
  }

  /** A later subscription to the same run stays. */
  private forget(executionId: string, stop: AbortController): void {
    if (this.subscriptions.get(executionId) === stop) this.subscriptions.delete(executionId);
  }
}
