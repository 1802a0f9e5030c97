import { setTimeout as sleep } from 'node:timers/promises';
import { StepError } from '#kernel';
import { openMcp, SECRET } from './testing/open-mcp.js';

const mcp = openMcp();

describe('discovering the tools of an MCP server', () => {
  it('takes names, descriptions, schemas, and whether they say that they only read', async () => {
    const inputSchema = { type: 'object', properties: { q: { type: 'string' } }, required: ['q'] };
    const outputSchema = { type: 'object', properties: { hits: { type: 'number' } } };
    mcp.server.tools = {
      search: { description: 'Finds issues', inputSchema, outputSchema, annotations: { readOnlyHint: true } },
      close: { annotations: { title: 'Close an issue', idempotentHint: true } },
      plain: {},
    };
    expect(await mcp.discover()).toEqual([
      {
        remoteName: 'search',
        description: 'Finds issues',
        inputSchema,
        outputSchema,
        effect: 'read',
        repeatable: false,
        definition: {},
      },
      expect.objectContaining({
        remoteName: 'close',
        description: 'Close an issue',
        effect: 'write',
        repeatable: false,
      }),
      expect.objectContaining({ remoteName: 'plain', description: 'plain', outputSchema: null, effect: 'write' }),
    ]);
  });

  it('reads page after page, and no further than a set may go', async () => {
    const numbered = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, each) => [`tool-${each}`, {}]));
    mcp.server.tools = numbered(45);
    mcp.server.pageSize = 20;
    expect((await mcp.discover()).map(({ remoteName }) => remoteName)).toEqual(Object.keys(mcp.server.tools));
    mcp.server.tools = numbered(1_000);
    mcp.server.pageSize = 70;
    expect(await mcp.discover()).toHaveLength(300);
    mcp.server.pageSize = 1;
    mcp.server.seen.length = 0;
    expect(await mcp.discover()).toHaveLength(20);
    expect(mcp.server.seen.filter((each) => each === 'POST tools/list')).toHaveLength(20);
  });

  it('leaves out what has no name and keeps the rest of a malformed tool for those who judge it', async () => {
    mcp.server.tools = {
      fine: { description: 5 as never, inputSchema: [] as never, annotations: 'none' as never },
      later: { execution: { taskSupport: 'required' } },
      '': {},
    };
    expect(await mcp.discover()).toMatchObject([
      { remoteName: 'fine', description: 'fine', inputSchema: {}, effect: 'write' },
      { remoteName: 'later', reason: expect.stringMatching(/as a task/) as string },
    ]);
  });

  it('asks once more, and only once, when the tools change while it asks', async () => {
    mcp.server.tools = { first: {} };
    mcp.server.beforeList = async () => {
      await mcp.server.tellToolsChanged();
      await sleep(50);
    };
    await mcp.discover();
    expect(mcp.server.seen.filter((each) => each === 'POST tools/list')).toHaveLength(2);
  });

  it.each([
    [401, 'tool.refused', /does not allow/],
    [403, 'tool.refused', /does not allow/],
    [404, 'tool.invalid', /speaks no MCP by Streamable HTTP/],
    [405, 'tool.invalid', /HTTP with SSE, is not supported/],
    [429, 'tool.rate_limited', /no more requests/],
    [500, 'tool.unavailable', /status 500/],
  ])('says what a status of %i means', async (status, code, message) => {
    mcp.server.instead = (_request, response) => !!response.writeHead(status).end('<html>');
    const error: unknown = await mcp.discover().catch((each: unknown) => each);
    expect(error).toBeInstanceOf(StepError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string });
  });

  it.each([
    ['text/html', '<html>Hello</html>'],
    ['application/json', 'not json'],
    [
      'application/json',
      '{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"1999-01-01","capabilities":{},"serverInfo":{"name":"x","version":"1"}}}',
    ],
    ['application/json', '{"jsonrpc":"2.0","id":0,"result":{}}'],
  ])('knows %s that is no MCP: %s', async (type, body) => {
    mcp.server.instead = (_request, response) => !!response.writeHead(200, { 'content-type': type }).end(body);
    await expect(mcp.discover()).rejects.toMatchObject({ code: 'tool.unreadable', retryable: false });
  });

  it('gives up on a server that does not answer', async () => {
    mcp.server.instead = () => true;
    await expect(mcp.discover(mcp.set(), { idleMs: 50 })).rejects.toMatchObject({
      code: 'tool.timeout',
      retryable: true,
    });
  });

  it('ends when whoever asked does not want to know any more', async () => {
    mcp.server.tools = { slow: {} };
    mcp.server.instead = (_request, _response, body) =>
      body.includes('tools/list') || body.includes('notifications/initialized');
    const reason = new Error('That took too long');
    const over = new AbortController();
    setTimeout(() => over.abort(reason), 100);
    await expect(mcp.adapter().discover(mcp.set(), over.signal)).rejects.toBe(reason);
  });

  it('reaches no private address, by itself or by a redirect', async () => {
    await expect(mcp.discover(mcp.set({ url: 'http://127.0.0.2:9/mcp' }))).rejects.toMatchObject({
      code: 'egress.blocked',
    });
    await expect(mcp.discover(mcp.set({ url: 'http://169.254.169.254/mcp' }))).rejects.toMatchObject({
      code: 'egress.blocked',
    });
    mcp.server.instead = (_request, response) => !!response.writeHead(307, { location: 'http://127.0.0.2:9/' }).end();
    await expect(mcp.discover(mcp.set({ credentialId: SECRET }))).rejects.toMatchObject({ code: 'tool.redirected' });
  });

  it('follows no redirect with its credential, not even to the same place', async () => {
    mcp.server.instead = (request, response) =>
      request.url === '/mcp' && !!response.writeHead(308, { location: '/other' }).end();
    await expect(mcp.discover(mcp.set({ credentialId: SECRET }))).rejects.toMatchObject({ code: 'tool.redirected' });
    expect(mcp.server.authorizations).toHaveLength(1);
  });
});
