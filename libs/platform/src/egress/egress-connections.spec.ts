import { EgressClient } from './egress-client.js';
import { caught } from './testing/caught.js';
import { type LoopbackServer, startHttp, startTcp } from './testing/loopback-server.js';

describe('Connections', () => {
  let server: LoopbackServer;
  let canary: LoopbackServer;

  beforeEach(async () => {
    server = await startHttp((request, response) => response.end(request.headers.host));
    canary = await startHttp((_request, response) => response.end('reached'), '::1');
  });
  afterEach(() => Promise.all([server.close(), canary.close()]));

  it('are reused for the next request to the same origin, and looked up once', async () => {
    let lookups = 0;
    const client = new EgressClient({
      allowCidrs: ['127.0.0.1'],
      lookup: () => Promise.resolve((lookups++, ['127.0.0.1'])),
    });
    for (let n = 0; n < 20; n++) {
      const { body } = await client.request({ method: 'POST', url: `http://one.test:${server.port}/${n}`, body: 'x' });
      expect(body.toString()).toBe(`one.test:${server.port}`);
    }
    // Two, because undici lets a connection rest for one turn of the event loop after each answer.
    expect(server.connections).toBeLessThanOrEqual(2);
    expect([server.hits, lookups]).toEqual([20, 1]);
    await client.close();
  });

  it('ask for a name only once when many requests start together', async () => {
    let lookups = 0;
    const lookup = () => new Promise<string[]>((resolve) => setTimeout(() => resolve((lookups++, ['127.0.0.1'])), 20));
    const client = new EgressClient({ allowCidrs: ['127.0.0.1'], lookup });
    const url = `http://one.test:${server.port}/`;
    await Promise.all(Array.from({ length: 30 }, () => client.request({ url })));
    expect([lookups, server.hits]).toEqual([1, 30]);
    await client.close();
  });

  it('are made only to the address that was checked, whatever the name server says next', async () => {
    const answers = [['127.0.0.1'], ['::1'], ['127.0.0.1'], ['::1'], ['127.0.0.1', '::1'], ['127.0.0.1']];
    let lookups = 0;
    const client = new EgressClient({
      allowCidrs: ['127.0.0.1'],
      addressCacheMs: 0,
      keepAliveMs: 1,
      lookup: () => Promise.resolve(answers[lookups++] ?? ['::1']),
    });
    const results: string[] = [];
    for (const answer of answers) {
      const url = `http://rebinding.test:${answer.includes('::1') ? canary.port : server.port}/`;
      results.push(
        await client.request({ url }).then(
          () => 'answered',
          (error: { code: string }) => error.code,
        ),
      );
    }
    expect(results).toEqual(['answered', 'egress.blocked', 'answered', 'egress.blocked', 'egress.blocked', 'answered']);
    expect([lookups, canary.connections]).toEqual([answers.length, 0]);
    await client.close();
  });

  it('move with a name that has a new address', async () => {
    const other = await startHttp((_request, response) => response.end('other'), '127.0.0.2');
    let addresses = ['127.0.0.1'];
    const client = new EgressClient({
      allowCidrs: ['127.0.0.0/8'],
      addressCacheMs: 0,
      lookup: () => Promise.resolve(addresses),
    });
    await client.request({ url: `http://moving.test:${server.port}/` });
    addresses = ['127.0.0.2', '127.0.0.3'];
    expect(await caught(client.request({ url: `http://moving.test:${server.port}/` }))).toMatchObject({
      code: 'egress.failed',
      phase: 'before-send',
      retryable: true,
    });
    expect((await client.request({ url: `http://moving.test:${other.port}/` })).body.toString()).toBe('other');
    await client.close();
    await other.close();
  });

  it('fall back to the next checked address', async () => {
    const client = new EgressClient({
      allowCidrs: ['127.0.0.0/8', '::1'],
      lookup: () => Promise.resolve(['::1', '127.0.0.1']),
    });
    expect((await client.request({ url: `http://both.test:${server.port}/` })).status).toBe(200);
    await client.close();
  });

  it('are given up for the origin that was used longest ago', async () => {
    const client = new EgressClient({
      allowCidrs: ['127.0.0.1'],
      maxOrigins: 2,
      lookup: () => Promise.resolve(['127.0.0.1']),
    });
    const get = (host: string) => client.request({ url: `http://${host}:${server.port}/` });
    for (const host of ['a.test', 'b.test', 'a.test', 'c.test', 'a.test']) await get(host);
    expect(server.connections).toBe(3);
    await get('b.test');
    expect(server.connections).toBe(4);
    await client.close();
  });

  it('are closed when they have been idle', async () => {
    const client = new EgressClient({ allowCidrs: ['127.0.0.1'], keepAliveMs: 50 });
    await client.request({ url: server.url });
    await new Promise((resolve) => setTimeout(resolve, 1700));
    await client.request({ url: server.url });
    expect(server.connections).toBe(2);
    await client.close();
  });

  it('end together when the client is closed, also those of an origin that was given up', async () => {
    const silent = await startHttp((_request, response) => void response.write('begun'));
    const client = new EgressClient({
      allowCidrs: ['127.0.0.1'],
      maxOrigins: 1,
      lookup: () => Promise.resolve(['127.0.0.1']),
    });
    const running = ['a.test', 'b.test'].map((host) =>
      caught(client.request({ url: `http://${host}:${silent.port}/` })),
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    await client.close();
    const failure = { code: 'egress.failed', phase: 'after-send' };
    expect(await Promise.all(running)).toMatchObject([failure, failure]);
    await silent.close();
  });

  it('with TLS announce the host, not the address', async () => {
    let hello = '';
    const tls = await startTcp(
      (socket) => void socket.once('data', (data) => socket.end(((hello = data.toString('latin1')), ''))),
    );
    const client = new EgressClient({ allowCidrs: ['127.0.0.1'], lookup: () => Promise.resolve(['127.0.0.1']) });
    const error = await caught(client.request({ url: `https://api.example.test.:${tls.port}/` }));
    expect(error).toMatchObject({ code: 'egress.failed', phase: 'before-send', retryable: true });
    expect(hello).toContain('api.example.test');
    expect(hello).not.toContain('api.example.test.');
    await client.close();
    await tls.close();
  });

  it('that are refused, and names that do not exist, are told apart in words', async () => {
    const client = new EgressClient({
      allowCidrs: ['127.0.0.1'],
      lookup: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
    });
    await server.close();
    const refused = {
      code: 'egress.failed',
      phase: 'before-send',
      retryable: true,
      message: expect.stringContaining('ECONNREFUSED'),
    };
    expect(await caught(client.request({ url: server.url }))).toMatchObject(refused);
    expect(await caught(client.request({ url: 'http://nowhere.test/' }))).toMatchObject({
      code: 'egress.failed',
      retryable: false,
      message: 'There is no host named "nowhere.test"; check the spelling.',
    });
    await client.close();
  });
});
