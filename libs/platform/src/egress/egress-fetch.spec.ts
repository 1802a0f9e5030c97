import OpenAI from 'openai';
import { EgressClient } from './egress-client.js';
import { caught } from './testing/caught.js';
import { type LoopbackServer, startHttp } from './testing/loopback-server.js';

describe('fetch through the door', () => {
  let server: LoopbackServer;
  let client: EgressClient;

  beforeAll(async () => {
    server = await startHttp((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.url === '/redirect') return response.writeHead(302, { location: '/echo' }).end();
        if (request.url === '/empty') return response.writeHead(204).end();
        if (request.url === '/v1/chat/completions') {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          for (const content of ['Hel', 'lo']) {
            response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`);
          }
          return response.end('data: [DONE]\n\n');
        }
        response.setHeader('set-cookie', ['a=1', 'b=2']);
        const { method, headers } = request;
        return response.end(JSON.stringify({ method, headers, body: Buffer.concat(chunks).toString() }));
      });
    });
    client = new EgressClient({ allowCidrs: ['127.0.0.1'] });
  });
  afterAll(async () => {
    await client.close();
    await server.close();
  });

  const echo = async (init: RequestInit) =>
    (await client.fetch(`${server.url}/echo`, init)).json() as Promise<Record<string, unknown>>;

  it('answers with a Response like any other', async () => {
    const response = await client.fetch(new URL('/redirect', server.url));
    expect(response).toBeInstanceOf(Response);
    expect(response).toMatchObject({
      ok: true,
      status: 200,
      statusText: 'OK',
      redirected: true,
      url: `${server.url}/echo`,
    });
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect((await response.clone().text()).length).toBeGreaterThan(10);
    const empty = await client.fetch(`${server.url}/empty`);
    expect([empty.status, empty.body]).toEqual([204, null]);
  });

  it('sends strings, bytes, forms, blobs, parameters and streams', async () => {
    const form = new FormData();
    form.set('file', new Blob(['content']), 'name.txt');
    const stream = new Response('streamed').body;
    const bodies: [RequestInit['body'], string][] = [
      ['text', 'text/plain;charset=UTF-8'],
      [new URLSearchParams({ a: '1' }), 'application/x-www-form-urlencoded;charset=UTF-8'],
      [new Blob(['x'], { type: 'text/x' }), 'text/x'],
      [form, 'multipart/form-data'],
      [new TextEncoder().encode('bytes'), 'undefined'],
      [stream, 'undefined'],
    ];
    for (const [body, contentType] of bodies) {
      const { headers } = (await echo({ method: 'POST', body, duplex: 'half' })) as {
        headers: Record<string, string>;
      };
      expect(String(headers['content-type'])).toContain(contentType);
      expect(Number(headers['content-length'])).toBeGreaterThan(0);
    }
  });

  it('takes a Request, and init over it', async () => {
    const request = new Request(`${server.url}/echo`, { method: 'PUT', body: 'x', headers: { 'x-one': '1' } });
    expect(await (await client.fetch(request)).json()).toMatchObject({
      method: 'PUT',
      body: 'x',
      headers: { 'x-one': '1' },
    });
  });

  it('does not follow redirects when asked not to', async () => {
    expect((await client.fetch(`${server.url}/redirect`, { redirect: 'manual' })).status).toBe(302);
    expect(await caught(client.fetch(`${server.url}/redirect`, { redirect: 'error' }))).toBeInstanceOf(TypeError);
  });

  it('keeps to limits and allowed hosts of its own', async () => {
    const narrow = client.fetchWith({ allowHosts: ['api.example.test'] });
    expect(await caught(narrow(`${server.url}/echo`))).toMatchObject({ code: 'egress.blocked' });
    const small = await client
      .fetchWith({ limits: { maxResponseBytes: 5 } })(`${server.url}/echo`)
      .catch((error: unknown) => error);
    expect(small).toMatchObject({ code: 'egress.too_large' });
  });

  it('carries a streaming model call of the openai SDK', async () => {
    const openai = new OpenAI({ apiKey: 'canary', baseURL: `${server.url}/v1`, fetch: client.fetch, maxRetries: 0 });
    const stream = await openai.chat.completions.create({
      model: 'm',
      messages: [{ role: 'user', content: 'hi' }],
      stream: true,
    });
    let text = '';
    for await (const part of stream) text += part.choices[0]?.delta.content ?? '';
    expect(text).toBe('Hello');
  });

  it('lets the openai SDK fail with the refusal as its cause', async () => {
    const openai = new OpenAI({ apiKey: 'canary', baseURL: 'http://127.0.0.2/v1', fetch: client.fetch, maxRetries: 0 });
    const error = await caught(openai.models.list());
    expect((error as Error).cause).toMatchObject({ code: 'egress.blocked' });
  });
});
