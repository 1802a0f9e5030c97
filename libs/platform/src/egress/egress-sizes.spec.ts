import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { EgressClient } from './egress-client.js';
import { caught } from './testing/caught.js';
import { type LoopbackServer, startHttp, startTcp } from './testing/loopback-server.js';

const ZEROS = Buffer.alloc(64 * 1024 * 1024);
const GZIP_BOMB = gzipSync(ZEROS);
const BROTLI_BOMB = brotliCompressSync(ZEROS, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
const BODIES: Record<string, () => [headers: Record<string, string>, body: Buffer]> = {
  '/gzip': () => [{ 'content-encoding': 'gzip' }, gzipSync('hello')],
  '/x-gzip': () => [{ 'content-encoding': 'X-GZIP' }, gzipSync('hello')],
  '/br': () => [{ 'content-encoding': 'br' }, brotliCompressSync('hello')],
  '/deflate': () => [{ 'content-encoding': 'deflate' }, deflateSync('hello')],
  '/raw-deflate': () => [{ 'content-encoding': 'deflate' }, deflateRawSync('hello')],
  '/identity': () => [{ 'content-encoding': 'identity' }, Buffer.from('hello')],
  '/gzip-bomb': () => [{ 'content-encoding': 'gzip' }, GZIP_BOMB],
  '/br-bomb': () => [{ 'content-encoding': 'br' }, BROTLI_BOMB],
  '/nested': () => [{ 'content-encoding': 'gzip, gzip' }, gzipSync(gzipSync('hello'))],
  '/unknown': () => [{ 'content-encoding': 'zstd' }, Buffer.from('hello')],
  '/prototype': () => [{ 'content-encoding': 'constructor' }, Buffer.from('hello')],
  '/cut': () => [{ 'content-encoding': 'gzip' }, gzipSync('hello').subarray(0, 12)],
  '/damaged': () => [{ 'content-encoding': 'gzip' }, Buffer.from('not gzip at all')],
  '/empty-gzip': () => [{ 'content-encoding': 'gzip' }, Buffer.alloc(0)],
  '/100k': () => [{}, Buffer.alloc(100_000, 1)],
  '/100k-gzip': () => [{ 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(100_000, 1))],
};

describe('Sizes', () => {
  let server: LoopbackServer;
  let client: EgressClient;

  beforeAll(async () => {
    server = await startHttp((request, response) => {
      const [path = '', mode] = (request.url ?? '').split('?');
      const [headers, body] = BODIES[path]?.() ?? [{}, Buffer.alloc(0)];
      response.writeHead(200, mode === 'chunked' ? headers : { ...headers, 'content-length': body.length });
      if (mode === 'chunked') response.write(body.subarray(0, 10));
      response.end(mode === 'chunked' ? body.subarray(10) : body);
    });
    client = new EgressClient({ allowCidrs: ['127.0.0.1'] });
  });
  afterAll(async () => {
    await client.close();
    await server.close();
  });

  const get = (path: string, limits = {}) => client.request({ url: server.url + path, limits });

  it.each(['/gzip', '/x-gzip', '/br', '/deflate', '/raw-deflate', '/identity', '/gzip?chunked'])(
    'unpacks %s',
    async (path) => {
      const { body, headers } = await get(path);
      expect(body.toString()).toBe('hello');
      expect(headers['content-length']).toBe(path === '/identity' ? '5' : undefined);
    },
  );

  it.each(['/gzip-bomb', '/br-bomb', '/gzip-bomb?chunked'])('stops %s by its size', async (path) => {
    const before = process.memoryUsage().rss;
    expect(await caught(get(path, { maxCompressionRatio: 1e9 }))).toMatchObject({
      code: 'egress.too_large',
      retryable: false,
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  it.each(['/gzip-bomb', '/br-bomb'])('stops %s by its ratio, long before its size', async (path) => {
    const error = await caught(get(path, { maxResponseBytes: 1e12 }));
    expect(error).toMatchObject({ code: 'egress.too_large', message: expect.stringContaining('more than 100 times') });
  });

  it.each(['/nested', '/unknown', '/prototype'])('refuses the coding of %s', async (path) => {
    expect(await caught(get(path))).toMatchObject({ code: 'egress.failed', phase: 'after-send', retryable: false });
  });

  it.each(['/cut', '/damaged', '/damaged?chunked'])('fails on %s instead of giving half an answer', async (path) => {
    expect(await caught(get(path))).toMatchObject({ code: 'egress.failed', phase: 'after-send' });
  });

  it('takes an empty compressed body, and the headers of HEAD, for what they are', async () => {
    expect((await get('/empty-gzip')).body).toHaveLength(0);
    const head = await client.request({
      method: 'HEAD',
      url: `${server.url}/100k-gzip`,
      limits: { maxResponseBytes: 10 },
    });
    expect(head.headers['content-encoding']).toBe('gzip');
  });

  it.each(['/100k', '/100k?chunked', '/100k-gzip'])('takes %s up to the limit and not a byte more', async (path) => {
    expect((await get(path, { maxResponseBytes: 100_000 })).body).toHaveLength(100_000);
    expect(await caught(get(path, { maxResponseBytes: 99_999 }))).toMatchObject({ code: 'egress.too_large' });
  });

  it('fails while reading, when a stream grows beyond the limit', async () => {
    const { body } = await client.stream({ url: `${server.url}/100k?chunked`, limits: { maxResponseBytes: 50_000 } });
    const readAll = async () => {
      for await (const chunk of body) void chunk;
    };
    expect(await caught(readAll())).toMatchObject({ code: 'egress.too_large' });
  });

  it('does not send a request whose body or headers are too large', async () => {
    const hits = server.hits;
    const url = `${server.url}/gzip`;
    const large = client.request({ method: 'POST', url, body: 'é'.repeat(51), limits: { maxRequestBytes: 100 } });
    expect(await caught(large)).toMatchObject({ code: 'egress.too_large', phase: 'before-send' });
    const wordy = client.request({ url, headers: { 'x-long': 'x'.repeat(40_000) } });
    expect(await caught(wordy)).toMatchObject({ code: 'egress.too_large', phase: 'before-send' });
    expect(server.hits).toBe(hits);
  });

  it('does not send a header that would smuggle another one, nor repeat it in the error', async () => {
    const hits = server.hits;
    const headers = { authorization: 'Bearer canary-secret\r\nx-evil: 1' };
    const error = await caught(client.request({ url: `${server.url}/gzip`, headers }));
    expect(error).toMatchObject({ code: 'egress.failed', phase: 'before-send', retryable: false });
    expect(String((error as Error).stack)).not.toContain('canary-secret');
    expect(server.hits).toBe(hits);
  });

  it.each([
    ['one endless header', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(70_000)}`, 'egress.too_large'],
    ['a flood of headers', `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(20_000)}`, 'egress.too_large'],
    ['something that is not HTTP', 'SSH-2.0-OpenSSH canary-secret\r\n\r\n', 'egress.failed'],
    ['fewer bytes than announced', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\ncanary-secret', 'egress.failed'],
    ['two different lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx', 'egress.failed'],
    ['a switch of protocols', 'HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', 'egress.failed'],
    ['an unknown status', 'HTTP/1.1 999 Denied\r\ncontent-length: 0\r\n\r\n', 'egress.failed'],
    ['nothing at all', '', 'egress.failed'],
  ])('fails on a server that sends %s', async (_what, bytes, code) => {
    const raw = await startTcp((socket) => void socket.once('data', () => socket.end(bytes)));
    const error = await caught(client.request({ url: raw.url }));
    expect(error).toMatchObject({ code, phase: 'after-send' });
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('canary-secret');
    expect((error as Error).cause).toBeUndefined();
    await raw.close();
  });
});
