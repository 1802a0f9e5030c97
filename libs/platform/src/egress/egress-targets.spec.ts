import { EgressClient } from './egress-client.js';
import { type EgressError } from './egress.errors.js';
import { caught } from './testing/caught.js';
import { type LoopbackServer, startHttp } from './testing/loopback-server.js';

/** `{p}` is the port of a listener that counts connections; every name resolves to the loopback address unless listed. */
const TARGETS = `
http://127.0.0.1:{p}/ http://127.0.0.2:{p}/ http://127.1:{p}/ http://127.0.1:{p}/ http://127.255.255.254:{p}/
http://0:{p}/ http://0.0.0.0:{p}/ http://00000000000:{p}/ http://0x0:{p}/
http://0x7f.1:{p}/ http://0x7f000001:{p}/ http://0X7F.0.0.1:{p}/ http://0x7f.0x0.0x0.0x1:{p}/
http://2130706433:{p}/ http://017700000001:{p}/ http://0177.0.0.1:{p}/ http://0177.0.0.01:{p}/ http://0000177.1:{p}/
http://127.0.0.1.:{p}/ http://127.1.:{p}/ http://%31%32%37.0.0.1:{p}/ http://127%2e0%2e0%2e1:{p}/
http://１２７.０.０.１:{p}/ http://127。0。0。1:{p}/ http://①②⑦.0.0.1:{p}/ http://ｌｏｃａｌｈｏｓｔ:{p}/ http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{p}/
http://[::1]:{p}/ http://[0:0:0:0:0:0:0:1]:{p}/ http://[0000:0000:0000:0000:0000:0000:0000:0001]:{p}/ http://[::]:{p}/
http://[::127.0.0.1]:{p}/ http://[::ffff:127.0.0.1]:{p}/ http://[::ffff:7f00:1]:{p}/ http://[0:0:0:0:0:ffff:7f00:0001]:{p}/ http://[::ffff:0:7f00:1]:{p}/
http://[64:ff9b::7f00:1]:{p}/ http://[64:ff9b::127.0.0.1]:{p}/ http://[64:ff9b:1::7f00:1]:{p}/ http://[2002:7f00:1::]:{p}/ http://[2001:0:7f00:1::]:{p}/
http://[fc00::1]:{p}/ http://[fd00:ec2::254]/ http://[fe80::1]:{p}/ http://[fec0::1]:{p}/ http://[ff02::1]:{p}/ http://[100::1]:{p}/ http://[2001:db8::1]:{p}/
http://localhost:{p}/ http://LOCALHOST:{p}/ http://localhost.:{p}/ http://localhost..:{p}/ http://a.localhost:{p}/ http://localhost.localdomain:{p}/ http://ip6-localhost:{p}/ http://ip6-loopback:{p}/
http://10.0.0.1/ http://172.16.0.1/ http://172.31.255.255/ http://192.168.0.1/ http://100.64.0.1/ http://192.0.0.8/ http://198.18.0.1/ http://224.0.0.1/ http://255.255.255.255/ http://240.0.0.1/
http://169.254.169.254/latest/meta-data/ http://169.254.43518/ http://2852039166/ http://0xa9fea9fe/ http://[::ffff:a9fe:a9fe]/ http://168.63.129.16/ http://100.100.100.200/
http://metadata/ http://metadata.google.internal/ http://metadata.google.internal./ http://METADATA.goog/ http://instance-data/ http://instance-data.ec2.internal/
http://rebound.test:{p}/ http://rebound.test.:{p}/ http://mixed.test:{p}/ http://mapped.test:{p}/ http://v6.test:{p}/ http://zone.test:{p}/ http://garbage.test:{p}/
http://user@public.test:{p}/ http://user:pw@127.0.0.1:{p}/ http://public.test@127.0.0.1:{p}/ http://127.0.0.1:{p}@public.test/ http://@127.0.0.1:{p}/ http:127.0.0.1:{p}/ http:/127.0.0.1:{p}/
http:\\\\127.0.0.1:{p}\\ http://127.0.0.1:{p}\\@public.test/ http://public.test#@127.0.0.1:{p}/ http://127.0.0.1:0/ http://public.test:0/
https://127.0.0.1:{p}/ ftp://127.0.0.1:{p}/ file:///etc/passwd gopher://127.0.0.1:{p}/_x data:text/plain,x blob:http://127.0.0.1:{p}/x javascript:1 ws://127.0.0.1:{p}/ unix:///var/run/docker.sock
`
  .trim()
  .split(/\s+/);

const NAMES: Record<string, string[]> = {
  'mixed.test': ['93.184.216.34', '127.0.0.1'],
  'mapped.test': ['::ffff:127.0.0.1'],
  'v6.test': ['2606:4700::1', '::1'],
  'zone.test': ['fe80::1%lo'],
  'garbage.test': ['93.184.216.34', 'not an address'],
};

describe('Targets that an outbound request may not reach', () => {
  let canaries: LoopbackServer[];
  let client: EgressClient;

  beforeAll(async () => {
    const first = await startHttp((_request, response) => response.end('reached'));
    canaries = [first, await startHttp((_request, response) => response.end('reached'), '::1')];
    client = new EgressClient({ lookup: (host) => Promise.resolve(NAMES[host] ?? ['127.0.0.1']), addressCacheMs: 0 });
  });

  afterAll(async () => {
    await client.close();
    await Promise.all(canaries.map((canary) => canary.close()));
  });

  it('are tried in more than a hundred spellings', () => {
    expect(new Set(TARGETS).size).toBeGreaterThan(100);
  });

  it.each(TARGETS)('refuses %s without a connection, by request and by fetch', async (target) => {
    for (const canary of canaries) {
      const url = target.replaceAll('{p}', String(canary.port));
      const byRequest = await caught(client.request({ url, headers: { authorization: 'Bearer canary-secret' } }));
      const byFetch = await caught(client.fetch(url, { method: 'POST', body: 'canary-secret' }));
      for (const error of [byRequest, byFetch]) {
        expect(error).toMatchObject({ phase: 'before-send', retryable: false });
        expect((error as EgressError).code).toBe('egress.blocked');
        expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('canary-secret');
      }
      expect(canary.connections).toBe(0);
    }
  });

  it('fail alike whether something listens on the port or not', async () => {
    const [canary] = canaries;
    const messages = await Promise.all(
      [canary?.port, 1, 5432, 6379].map(async (port) => {
        const error = (await caught(client.request({ url: `http://127.0.0.1:${port}/` }))) as EgressError;
        return `${error.code} ${error.message}`;
      }),
    );
    expect(new Set(messages).size).toBe(1);
    expect(messages[0]).toContain('an operator can open it with EGRESS_ALLOW_CIDRS');
  });

  it.each([
    '',
    'public.test',
    '//public.test/',
    'http://',
    'http://a b/',
    'http://[::1',
    'http://1.2.3.4.5/',
    'http://256.256.256.256/',
    'http://[fe80::1%25lo]/',
    'http://public.test:65536/',
  ])('fails on "%s", which is no URL', async (url) => {
    expect(await caught(client.request({ url }))).toMatchObject({ code: 'egress.failed', phase: 'before-send' });
  });

  it.each(['CONNECT', 'TRACE', 'TRACK', 'GET / HTTP/1.1\r\nX:', ''])('refuses the method "%s"', async (method) => {
    const url = 'http://93.184.216.34/';
    expect(await caught(client.request({ method, url }))).toMatchObject({ code: 'egress.blocked' });
  });

  it('refuses a Host header that names another service', async () => {
    const request = { url: 'http://93.184.216.34/', headers: { HOST: 'intranet' } };
    expect(await caught(client.request(request))).toMatchObject({ code: 'egress.blocked', phase: 'before-send' });
  });
});

describe('What an operator opened', () => {
  let server: LoopbackServer;

  beforeEach(async () => {
    server = await startHttp((_request, response) => response.end('reached'));
  });
  afterEach(() => server.close());

  it('is reachable by address and by the name localhost when its range is allowed', async () => {
    const client = new EgressClient({ allowCidrs: ['127.0.0.0/8'] });
    for (const host of ['127.0.0.1', 'localhost', 'LOCALHOST.', '2130706433', '[::ffff:7f00:1]']) {
      const { body } = await client.request({ url: `http://${host}:${server.port}/` });
      expect(body.toString()).toBe('reached');
    }
    await client.close();
  });

  it('is reachable at exactly the trusted origin, and nowhere else', async () => {
    const client = new EgressClient({ trustedOrigins: [`${server.url}/v1`] });
    expect((await client.request({ url: `${server.url}/anything` })).status).toBe(200);
    for (const url of [
      `http://127.0.0.2:${server.port}/`,
      `https://127.0.0.1:${server.port}/`,
      `http://127.0.0.1:1/`,
      `http://localhost:${server.port}/`,
    ]) {
      expect(await caught(client.request({ url }))).toMatchObject({ code: 'egress.blocked' });
    }
    await client.close();
  });

  it('is not reachable for a request whose allowed hosts do not include it', async () => {
    const client = new EgressClient({ allowCidrs: ['127.0.0.0/8'], lookup: () => Promise.resolve(['127.0.0.1']) });
    const to = (host: string, allowHosts: string[]) =>
      client.request({ url: `http://${host}:${server.port}/`, allowHosts });
    expect((await to('api.example.test', ['API.example.test'])).status).toBe(200);
    expect((await to('api.example.test', ['*.example.test'])).status).toBe(200);
    const refused = [
      ['api.example.test', 'example.test'],
      ['evilexample.test', '*.example.test'],
      ['example.test', '*.example.test'],
      ['example.test.evil.test', 'example.test'],
    ];
    for (const [host = '', allowed = ''] of refused) {
      expect(await caught(to(host, [allowed]))).toMatchObject({ code: 'egress.blocked' });
    }
    expect(await caught(to('api.example.test', []))).toMatchObject({ code: 'egress.blocked' });
    expect(server.hits).toBe(2);
    await client.close();
  });
});

describe('Addresses for another protocol than HTTP', () => {
  const names: Record<string, string[]> = {
    'db.example.com': ['93.184.216.34'],
    'mixed.example.com': ['93.184.216.34', '10.0.0.1'],
  };
  const lookup = (host: string): Promise<string[]> => Promise.resolve(names[host] ?? []);

  it('are those that passed the check', async () => {
    const client = new EgressClient({ lookup });
    expect(await client.checkedAddresses('db.example.com')).toEqual(['93.184.216.34']);
    expect(await client.checkedAddresses('2606:2800:220:1::1')).toEqual(['2606:2800:220:1::1']);
    await client.close();
  });

  it.each(['mixed.example.com', 'localhost', '127.0.0.1', '::1', '::ffff:7f00:1', '2130706433', '169.254.169.254'])(
    'are refused for %s',
    async (host) => {
      const client = new EgressClient({ lookup });
      await expect(client.checkedAddresses(host)).rejects.toMatchObject({ code: 'egress.blocked' });
      await client.close();
    },
  );
});
