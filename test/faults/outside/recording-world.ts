import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** One request that arrived whole. */
export interface ReceivedCall {
  readonly path: string;
  readonly idempotencyKey: string | null;
  /** Whether it made something happen, or repeated the answer of a key that was known. */
  readonly acted: boolean;
  /** The caller's port, by which its process can be found. */
  readonly port: number;
}

const ANSWER_AFTER_MS = 40;
const BIG_PAGE_BYTES = 10 * 1024 * 1024;

/**
 * The world outside, which remembers everything. What a path does is its first part: `/reads` changes nothing, `/honours`
 * acts once per Idempotency-Key and answers a repeat as it answered before, `/acts` acts every time, `/loses` loses the
 * first request to a path and acts on those after it, `/big` answers with 10 MB.
 */
export class RecordingWorld {
  readonly calls: ReceivedCall[] = [];
  private readonly knownKeys = new Set<string>();
  private readonly held = new Map<string, Promise<void>>();
  private readonly releases: (() => void)[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<RecordingWorld> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const world = new RecordingWorld(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void world.answer(request, response));
    return world;
  }

  /** From now on calls to paths that begin so arrive and act, and get no answer. @returns how to let them all go */
  hold(beginning: string): () => void {
    let release = (): void => undefined;
    this.held.set(beginning, new Promise((resolve) => (release = resolve)));
    const letGo = (): void => {
      this.held.delete(beginning);
      release();
    };
    this.releases.push(letGo);
    return letGo;
  }

  releaseAll(): void {
    for (const release of this.releases.splice(0)) release();
  }

  callsTo(path: string): ReceivedCall[] {
    return this.calls.filter((call) => call.path === path);
  }

  /** How often something happened for that path. */
  actsOf(path: string): number {
    return this.callsTo(path).filter(({ acted }) => acted).length;
  }

  /** Waits until that many calls have arrived at paths that begin so. @returns the last of them */
  async reached(beginning: string, count = 1, withinMs = 30_000): Promise<ReceivedCall> {
    const giveUpAt = Date.now() + withinMs;
    for (;;) {
      const arrived = this.calls.filter(({ path }) => path.startsWith(beginning));
      const last = arrived[count - 1];
      if (last) return last;
      if (Date.now() > giveUpAt) throw new Error(`${arrived.length} of ${count} calls reached ${beginning}.`);
      await sleep(5);
    }
  }

  async stop(): Promise<void> {
    this.releaseAll();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const port = request.socket.remotePort ?? 0;
    if (!(await arrivedWhole(request))) return;
    const idempotencyKey = (request.headers['idempotency-key'] as string | undefined) ?? null;
    this.calls.push({ path, idempotencyKey, acted: this.act(path, idempotencyKey), port });
    await sleep(ANSWER_AFTER_MS);
    for (const [beginning, until] of [...this.held]) if (path.startsWith(beginning)) await until;
    if (response.destroyed) return;
    const body = path.startsWith('/big/') ? { text: 'x'.repeat(BIG_PAGE_BYTES) } : { ok: true };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  private act(path: string, key: string | null): boolean {
    if (path.startsWith('/acts/')) return true;
    if (path.startsWith('/loses/')) return this.callsTo(path).length > 0;
    if (!path.startsWith('/honours/')) return false;
    const known = `${path} ${key}`;
    if (key !== null && this.knownKeys.has(known)) return false;
    this.knownKeys.add(known);
    return true;
  }
}

async function arrivedWhole(request: IncomingMessage): Promise<boolean> {
  try {
    for await (const part of request) void part;
    return true;
  } catch {
    // The caller was killed while it sent: nothing happens.
    return false;
  }
}
