import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { ExecutionEvent } from './executions.client.js';

export type SubscribeAnswer =
  { readonly ok: true; readonly lastSeq?: number } | { readonly ok: false; readonly code: string };

const ANSWER_LIMIT_MS = 10_000;

/** A connection to the `/executions` namespace that keeps everything it hears, in order. */
export class ExecutionsSocket {
  readonly events: ExecutionEvent[] = [];
  /** Runs of which `subscribe-org` told that they began or ended. */
  readonly changes: string[] = [];

  private constructor(private readonly socket: Socket) {
    socket.on('event', (event: ExecutionEvent) => this.events.push(event));
    socket.on('execution-change', ({ executionId }: { executionId: string }) => this.changes.push(executionId));
  }

  /** @throws Error with the refusal's `data.code` as its message when the credential is not accepted */
  static async connect(url: string, token: string | null, orgId?: string): Promise<ExecutionsSocket> {
    const socket = io(`${url}/executions`, {
      auth: { ...(token !== null && { token }), ...(orgId !== undefined && { orgId }) },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    const connection = new ExecutionsSocket(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', (error: Error & { data?: { code?: string } }) => {
        socket.disconnect();
        reject(new Error(error.data?.code ?? error.message));
      });
    });
    return connection;
  }

  get connected(): boolean {
    return this.socket.connected;
  }

  subscribe(executionId: string, after?: number): Promise<SubscribeAnswer> {
    return this.emit('subscribe', { executionId, ...(after !== undefined && { after }) });
  }

  unsubscribe(executionId: string): Promise<SubscribeAnswer> {
    return this.emit('unsubscribe', { executionId });
  }

  subscribeOrg(): Promise<SubscribeAnswer> {
    return this.emit('subscribe-org', {});
  }

  /** Any message, also one that no proper client sends. */
  async emit(name: string, message: unknown): Promise<SubscribeAnswer> {
    return (await this.socket.timeout(ANSWER_LIMIT_MS).emitWithAck(name, message)) as SubscribeAnswer;
  }

  /** Waits until an event like that has come. */
  async heard(when: (event: ExecutionEvent) => boolean, withinMs = 30_000): Promise<ExecutionEvent> {
    const giveUpAt = Date.now() + withinMs;
    for (;;) {
      const found = this.events.find(when);
      if (found) return found;
      if (Date.now() > giveUpAt) throw new Error(`The event did not come. Heard: ${JSON.stringify(this.events)}`);
      await sleep(10);
    }
  }

  /** @returns after how many milliseconds the server ended the connection */
  async disconnected(withinMs: number): Promise<number> {
    const begin = Date.now();
    while (this.socket.connected) {
      if (Date.now() - begin > withinMs) throw new Error(`The socket was still open after ${withinMs} ms.`);
      await sleep(20);
    }
    return Date.now() - begin;
  }

  close(): void {
    this.socket.disconnect();
  }
}
