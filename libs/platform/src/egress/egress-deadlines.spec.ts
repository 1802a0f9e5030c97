import { getMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { EgressClient } from './egress-client.js';
import { caught } from './testing/caught.js';
import { type LoopbackServer, startHttp, startTcp } from './testing/loopback-server.js';

const BEHAVIOURS: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  '/no-headers': () => undefined,
  '/silent-body': (_request, response) => void response.write('begun'),
  '/trickle': (_request, response) => {
    const timer = setInterval(() => response.write('x'), 40);
    response.on('close', () => clearInterval(timer));
  },
  '/early-hints': (_request, response) => {
    const timer = setInterval(() => response.writeProcessing(), 20);
    response.on('close', () => clearInterval(timer));
  },
  '/quick': (_request, response) => void response.end('ok'),
  '/endless': (_request, response) => {
    const more = (): void => {
      while (response.write('x'.repeat(64 * 1024)));
    };
    response.on('drain', more);
    more();
  },
};

describe('Deadlines and cancellation', () => {
  let server: LoopbackServer;
  let client: EgressClient;
  let closed: number;

  beforeAll(async () => {
    server = await startHttp((request, response) => {
      response.on('close', () => closed++);
      BEHAVIOURS[request.url ?? '']?.(request, response);
    });
    client = new EgressClient({ allowCidrs: ['127.0.0.1'], connectionsPerOrigin: 4 });
  });
  beforeEach(() => (closed = 0));
  afterAll(async () => {
    await client.close();
    await server.close();
  });

  const call = (path: string, limits: object, signal?: AbortSignal) =>
    client.request({ url: server.url + path, limits, ...(signal && { signal }) });

  it.each([
    ['response headers that do not come', '/no-headers', { firstByteMs: 80 }],
    ['response headers announced for ever', '/early-hints', { firstByteMs: 80 }],
    ['a body that falls silent', '/silent-body', { idleMs: 80 }],
    ['a body that trickles', '/trickle', { idleMs: 1000, totalMs: 200 }],
    ['the request as a whole', '/no-headers', { totalMs: 80 }],
  ])('end %s in time, and say that the request had been sent', async (_what, path, limits) => {
    const startedAt = performance.now();
    expect(await caught(call(path, limits))).toMatchObject({
      code: 'egress.timeout',
      phase: 'after-send',
      retryable: true,
      message: expect.stringContaining('Timed out after'),
    });
    expect(performance.now() - startedAt).toBeLessThan(600);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(closed).toBe(1);
  });

  it('end a body that trickles slower than the idle limit, and let one that is faster finish', async () => {
    expect(await caught(call('/trickle', { idleMs: 15 }))).toMatchObject({ code: 'egress.timeout' });
    expect((await call('/quick', { idleMs: 80 })).body.toString()).toBe('ok');
  });

  it('end a TLS handshake that never completes, before anything was sent', async () => {
    const mute = await startTcp(() => undefined);
    const error = await caught(client.request({ url: `https://127.0.0.1:${mute.port}/`, limits: { connectMs: 80 } }));
    expect(error).toMatchObject({ code: 'egress.timeout', phase: 'before-send' });
    await mute.close();
  });

  it('end a name lookup that never answers', async () => {
    const waiting = new EgressClient({ lookup: () => new Promise(() => undefined) });
    const error = await caught(waiting.request({ url: 'http://slow.test/', limits: { connectMs: 50 } }));
    expect(error).toMatchObject({ code: 'egress.timeout', phase: 'before-send', retryable: true });
    const controller = new AbortController();
    const aborted = caught(waiting.request({ url: 'http://slow.test/', signal: controller.signal }));
    controller.abort(new Error('stop'));
    expect(await aborted).toMatchObject({ message: 'stop' });
    await waiting.close();
  });

  it('do not send a request that gave up while it waited for a connection', async () => {
    const narrow = new EgressClient({ allowCidrs: ['127.0.0.1'], connectionsPerOrigin: 1 });
    const hitsBefore = server.hits;
    const first = caught(narrow.request({ url: `${server.url}/no-headers`, limits: { totalMs: 150 } }));
    const second = await caught(narrow.request({ url: `${server.url}/quick`, limits: { connectMs: 50 } }));
    expect(second).toMatchObject({ code: 'egress.timeout', phase: 'before-send' });
    await first;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.hits - hitsBefore).toBe(1);
    expect((await narrow.request({ url: `${server.url}/quick` })).status).toBe(200);
    await narrow.close();
  });

  it('reject with the reason of the signal in every phase, and close the connection', async () => {
    const reason = new Error('the run was cancelled');
    const hitsBefore = server.hits;
    expect(await caught(call('/quick', {}, AbortSignal.abort(reason)))).toBe(reason);
    expect(server.hits).toBe(hitsBefore);
    for (const path of ['/no-headers', '/silent-body', '/trickle']) {
      closed = 0;
      const controller = new AbortController();
      const result = caught(call(path, {}, controller.signal));
      setTimeout(() => controller.abort(reason), 60);
      expect(await result).toBe(reason);
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(closed).toBe(1);
    }
    expect(await caught(call('/no-headers', {}, AbortSignal.timeout(40)))).toMatchObject({ name: 'TimeoutError' });
    await new Promise((resolve) => setTimeout(resolve, 30));
  });

  it('do not count the time that a slow reader takes as silence of the server', async () => {
    const { body } = await client.stream({
      url: `${server.url}/endless`,
      limits: { idleMs: 60, maxResponseBytes: 1e9 },
    });
    const reader = body.getReader();
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 200));
    for (let piece = 0; piece < 50; piece++) expect((await reader.read()).done).toBe(false);
    await reader.cancel();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(closed).toBe(1);
  });

  it('end a stream that nobody reads', async () => {
    const { body } = await client.stream({
      url: `${server.url}/endless`,
      limits: { totalMs: 100, maxResponseBytes: 1e9 },
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await caught(body.getReader().read())).toMatchObject({ code: 'egress.timeout' });
    expect(closed).toBe(1);
  });

  it('may all hang on one signal, however many calls it ends', async () => {
    const everything = new AbortController();
    const calls = Array.from({ length: 15 }, () => caught(call('/silent-body', {}, everything.signal)));
    everything.abort(new Error('enough'));
    expect((await Promise.all(calls)).map((error) => (error as Error).message)).toEqual(Array(15).fill('enough'));
    // No limit: Node's of ten would print a warning about a leak.
    expect(getMaxListeners(everything.signal)).toBe(Infinity);
  });

  it('leave no listener on the signal of a caller', async () => {
    const { signal } = new AbortController();
    const counts = { added: 0, removed: 0 };
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => (counts.added++, add(...args));
    signal.removeEventListener = (...args: Parameters<typeof remove>) => (counts.removed++, remove(...args));
    await call('/quick', {}, signal);
    await caught(call('/no-headers', { firstByteMs: 30 }, signal));
    expect(counts).toEqual({ added: 2, removed: 2 });
  });

  it.each([-1, Number.NaN])('refuse a limit of %p, which would mean none', async (totalMs) => {
    expect(await caught(call('/quick', { totalMs }))).toBeInstanceOf(TypeError);
  });
});
