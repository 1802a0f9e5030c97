import type { IncomingHttpHeaders } from 'node:http';
import { EgressClient } from './egress-client.js';
import { nextHop } from './redirect.js';
import { parseTarget } from './egress-target.js';
import { caught } from './testing/caught.js';
import { type LoopbackServer, startHttp } from './testing/loopback-server.js';

interface Seen {
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** `one.test` and `two.test` are the public hosts here, both on 127.0.0.1, which the client may reach; ::1 stays private. */
describe('Redirects', () => {
  let canary: LoopbackServer;
  let server: LoopbackServer;
  let client: EgressClient;
  let seen: Seen[];
  let answer: (path: string) => { status: number; location?: string; body?: string };

  beforeAll(async () => {
    canary = await startHttp((_request, response) => response.end('reached'), '::1');
    server = await startHttp((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        seen.push({ method: request.method, headers: request.headers, body: Buffer.concat(chunks).toString() });
        const { status, location, body } = answer(request.url ?? '');
        response.writeHead(status, location === undefined ? {} : { location });
        response.end(body ?? 'done');
      });
    });
    client = new EgressClient({
      allowCidrs: ['127.0.0.1'],
      lookup: (host) => Promise.resolve(host === 'private.test' ? ['::1'] : ['127.0.0.1']),
    });
  });
  beforeEach(() => (seen = []));
  afterAll(async () => {
    await client.close();
    await Promise.all([canary.close(), server.close()]);
  });

  const at = (host: string, path: string) => `http://${host}:${server.port}${path}`;
  const redirectOnce = (status: number, location: string) => {
    answer = (path) => (path === '/start' ? { status, location } : { status: 200 });
  };

  describe.each([301, 302, 303, 307, 308])('with status %i', (status) => {
    it.each([
      ['a private address', () => `http://[::1]:${canary.port}/`],
      ['a name for a private address', () => `http://private.test:${canary.port}/`],
      ['the metadata service', () => 'http://169.254.169.254/latest/'],
      ['a user name in the address', () => at('x:y@one.test', '/')],
      ['another scheme', () => 'file:///etc/passwd'],
      ['a protocol-relative private address', () => `//[::ffff:10.0.0.1]/`],
    ])('are not followed to %s', async (_what, location) => {
      redirectOnce(status, location());
      const request = { method: 'POST', url: at('one.test', '/start'), body: 'x' };
      expect(await caught(client.request(request))).toMatchObject({
        code: 'egress.blocked',
        phase: 'after-send',
        retryable: false,
      });
      expect(canary.connections).toBe(0);
    });

    it('change method and body as the fetch standard says', async () => {
      redirectOnce(status, '/end');
      const keeps = status === 307 || status === 308;
      for (const method of ['POST', 'PUT', 'GET', 'HEAD']) {
        seen = [];
        const body = method === 'POST' || method === 'PUT' ? 'payload' : undefined;
        await client.request({ method, url: at('one.test', '/start'), headers: { 'content-type': 'text/x' }, body });
        const becomesGet = method === 'POST' ? !keeps : method === 'PUT' && status === 303;
        expect(seen[1]?.method).toBe(becomesGet ? 'GET' : method);
        expect(seen[1]?.body).toBe(becomesGet ? '' : (body ?? ''));
        expect(seen[1]?.headers['content-type']).toBe(becomesGet ? undefined : 'text/x');
      }
    });
  });

  it('keep credentials on the same origin and drop everything that may be one elsewhere', async () => {
    const secrets = {
      Authorization: 'Bearer s',
      Cookie: 'a=b',
      'Idempotency-Key': 'k',
      'X-Api-Key': 's',
      'X-Custom-Thing': 's',
      Accept: 'text/html',
    };
    redirectOnce(307, '/end');
    await client.request({ url: at('one.test', '/start'), headers: secrets });
    expect(seen[1]?.headers).toMatchObject({ authorization: 'Bearer s', cookie: 'a=b', 'x-custom-thing': 's' });
    seen = [];
    redirectOnce(307, at('two.test', '/end'));
    const response = await client.request({ url: at('one.test', '/start'), headers: secrets });
    expect(response).toMatchObject({ status: 200, redirected: true, url: at('two.test', '/end') });
    expect(Object.keys(seen[1]?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
    expect(seen[1]?.headers.host).toBe(`two.test:${server.port}`);
  });

  it('are followed five times, not six', async () => {
    answer = (path) => {
      const left = Number(path.slice(1));
      return left > 0 ? { status: 302, location: `/${left - 1}` } : { status: 200 };
    };
    expect((await client.request({ url: at('one.test', '/5') })).url).toBe(at('one.test', '/0'));
    const error = await caught(client.request({ url: at('one.test', '/6'), limits: { maxRedirects: 100 } }));
    expect(error).toMatchObject({ code: 'egress.too_many_redirects', phase: 'after-send' });
    expect(seen).toHaveLength(12);
  });

  it('are handed to a caller who wants to see them, and returned when they lead nowhere', async () => {
    redirectOnce(302, `http://[::1]:${canary.port}/`);
    const manual = await client.request({ url: at('one.test', '/start'), redirect: 'manual' });
    expect(manual).toMatchObject({ status: 302, redirected: false });
    answer = () => ({ status: 304 });
    expect((await client.request({ url: at('one.test', '/') })).status).toBe(304);
    answer = () => ({ status: 302 });
    expect((await client.request({ url: at('one.test', '/') })).status).toBe(302);
  });

  it('stay within the allowed hosts of the request', async () => {
    redirectOnce(302, at('two.test', '/end'));
    const error = await caught(client.request({ url: at('one.test', '/start'), allowHosts: ['one.test'] }));
    expect(error).toMatchObject({ code: 'egress.blocked', phase: 'after-send' });
    expect(seen).toHaveLength(1);
  });

  it('away from a trusted origin are checked, and those into one are too', async () => {
    const trusting = new EgressClient({
      allowCidrs: ['127.0.0.2'],
      trustedOrigins: [server.url, canary.url],
      lookup: () => Promise.resolve(['127.0.0.2']),
    });
    redirectOnce(302, canary.url);
    expect(await caught(trusting.request({ url: `${server.url}/start` }))).toMatchObject({ code: 'egress.blocked' });
    expect(canary.connections).toBe(0);
    redirectOnce(302, '/end');
    expect((await trusting.request({ url: `${server.url}/start` })).status).toBe(200);
    await trusting.close();
  });

  it('with a large body do not hold up the next hop', async () => {
    answer = (path) =>
      path === '/start' ? { status: 302, location: '/end', body: 'x'.repeat(5_000_000) } : { status: 200 };
    expect((await client.request({ url: at('one.test', '/start') })).body.toString()).toBe('done');
  });

  it('from https to http are refused', () => {
    const hop = {
      method: 'GET',
      target: parseTarget('https://one.test/'),
      headers: {},
      body: undefined,
      trusted: false,
    };
    expect(() => nextHop(hop, 302, 'http://one.test/')).toThrow('from https to http');
    expect(nextHop(hop, 302, '/caf\u00c3\u00a9').target.url.pathname).toBe('/caf%C3%A9');
  });
});
