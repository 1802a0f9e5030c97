import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request that reached the outside world. */
export interface OutsideCall {
  readonly method: string;
  readonly path: string;
  readonly idempotencyKey: string | null;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
  /** Whether the answer left, or the caller hung up before. */
  outcome: 'pending' | 'answered' | 'hung-up';
}

export interface Behaviour {
  readonly delayMs?: number;
  readonly status?: number;
  readonly body?: unknown;
}

/** A recording HTTP service on the loopback interface: remembers every call, answers as it was told to. */
export class FakeOutsideWorld {
  readonly calls: OutsideCall[] = [];
  private readonly behaviours = new Map<string, Behaviour>();
  private readonly held = new Map<string, Promise<void>>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
    private readonly otherwise: Behaviour,
  ) {}

  /** @param otherwise how it behaves on paths for which nothing else was said; at once with 200 by default */
  static async start(otherwise: Behaviour = {}): Promise<FakeOutsideWorld> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const world = new FakeOutsideWorld(server, `http://127.0.0.1:${port}`, otherwise);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void world.answer(request, response));
    return world;
  }

  /** From now on calls to this path behave so. */
  behave(path: string, behaviour: Behaviour): void {
    this.behaviours.set(path, behaviour);
  }

  /** From now on calls to this path arrive and get no answer. @returns how to let them all go */
  hold(path: string): () => void {
    let release = (): void => undefined;
    this.held.set(path, new Promise((resolve) => (release = resolve)));
    return () => {
      this.held.delete(path);
      release();
    };
  }

  callsTo(path: string): OutsideCall[] {
    return this.calls.filter((call) => call.path === path);
  }

  /** How many calls carried each Idempotency-Key. */
  callsPerKey(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { idempotencyKey } of this.calls) {
      if (idempotencyKey !== null) counts.set(idempotencyKey, (counts.get(idempotencyKey) ?? 0) + 1);
    }
    return counts;
  }

  /** Waits until that many calls have reached that path. */
  async reached(path: string, count = 1, withinMs = 30_000): Promise<void> {
    const giveUpAt = Date.now() + withinMs;
    while (this.callsTo(path).length < count) {
      if (Date.now() > giveUpAt) throw new Error(`${this.callsTo(path).length} of ${count} calls reached ${path}.`);
      await sleep(5);
    }
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const call: OutsideCall = {
      method: request.method ?? 'GET',
      path,
      idempotencyKey: (request.headers['idempotency-key'] as string | undefined) ?? null,
      body: await readAll(request),
      headers: request.headers,
      outcome: 'pending',
    };
    this.calls.push(call);
    response.on('close', () => {
      call.outcome = response.writableFinished ? 'answered' : 'hung-up';
    });
    const { delayMs = 0, status = 200, body = { ok: true } } = this.behaviours.get(path) ?? this.otherwise;
    if (delayMs > 0) await sleep(delayMs);
    await this.held.get(path);
    if (response.destroyed) return;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  // A caller that hangs up while sending is one of the things that this world records.
  try {
    for await (const part of request) text += part as string;
  } catch {
    return text;
  }
  return text;
}
