/** Real: the egress door, the SDK's client, and an MCP server of the SDK's server half on the loopback address. */
import { setTimeout as sleep } from 'node:timers/promises';
import { StepError } from '#kernel';
import { McpError, ResultSchema } from '@modelcontextprotocol/sdk/types.js';
import type { ToolCredential } from '#tools';
import { EgressClient } from '#platform/egress';
import type { CallableTool, ToolSetCall, ToolSetPlace } from '../tool-set-adapter.js';
import { McpAdapter, type McpAdapterOptions } from './mcp-adapter.js';
import { McpTestServer, said, type TestCall } from './testing/mcp-server.js';

const SECRET = 'Bearer canary-0c2d-token-of-a';

let server: McpTestServer;
let egress: EgressClient;

beforeAll(() => {
  egress = new EgressClient({ allowCidrs: ['127.0.0.1'] });
});
afterAll(() => egress.close());
beforeEach(async () => {
  server = await McpTestServer.start();
});
afterEach(() => server.close());

const credential = (authorization: string): ToolCredential => ({
  kind: 'http-bearer',
  fields: {},
  headersFor: () => Promise.resolve({ authorization }),
  opened: () => Promise.resolve({}),
});
const adapter = (options: McpAdapterOptions = {}): McpAdapter =>
  new McpAdapter(egress, { open: (id) => Promise.resolve(credential(id)) }, options);
const set = (rest: Partial<ToolSetPlace> = {}): ToolSetPlace => ({
  id: 'set-1',
  name: 'Tracker',
  url: server.url,
  credentialId: null,
  settings: {},
  ...rest,
});
const tool = (remoteName: string, effect: CallableTool['effect'] = 'read'): CallableTool => ({
  remoteName,
  effect,
  name: `tracker__${remoteName}`,
  definition: {},
});
const circumstances = (rest: Partial<ToolSetCall> = {}): ToolSetCall => ({
  signal: new AbortController().signal,
  idempotencyKey: 'key',
  usedBy: 'A test',
  onToolsChanged: () => undefined,
  ...rest,
});
const call = (
  called: CallableTool,
  args: Readonly<Record<string, unknown>> = {},
  rest: Partial<ToolSetCall> = {},
  options: McpAdapterOptions = {},
): Promise<unknown> => adapter(options).call(set(), called, args, circumstances(rest));
const discover = (place = set(), options: McpAdapterOptions = {}) =>
  adapter(options).discover(place, new AbortController().signal);

describe('discovering the tools of an MCP server', () => {
  it('takes names, descriptions, schemas, and whether they say that they only read', async () => {
    const inputSchema = { type: 'object', properties: { q: { type: 'string' } }, required: ['q'] };
    const outputSchema = { type: 'object', properties: { hits: { type: 'number' } } };
    server.tools = {
      search: { description: 'Finds issues', inputSchema, outputSchema, annotations: { readOnlyHint: true } },
      close: { annotations: { title: 'Close an issue', idempotentHint: true } },
      plain: {},
    };
    expect(await discover()).toEqual([
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
    server.tools = numbered(45);
    server.pageSize = 20;
    expect((await discover()).map(({ remoteName }) => remoteName)).toEqual(Object.keys(server.tools));
    server.tools = numbered(1_000);
    server.pageSize = 70;
    expect(await discover()).toHaveLength(300);
    server.pageSize = 1;
    server.seen.length = 0;
    expect(await discover()).toHaveLength(20);
    expect(server.seen.filter((each) => each === 'POST tools/list')).toHaveLength(20);
  });

  it('leaves out what has no name and keeps the rest of a malformed tool for those who judge it', async () => {
    server.tools = {
      fine: { description: 5 as never, inputSchema: [] as never, annotations: 'none' as never },
      later: { execution: { taskSupport: 'required' } },
      '': {},
    };
    expect(await discover()).toMatchObject([
      { remoteName: 'fine', description: 'fine', inputSchema: {}, effect: 'write' },
      { remoteName: 'later', reason: expect.stringMatching(/as a task/) as string },
    ]);
  });

  it('asks once more, and only once, when the tools change while it asks', async () => {
    server.tools = { first: {} };
    server.beforeList = async () => {
      await server.tellToolsChanged();
      await sleep(50);
    };
    await discover();
    expect(server.seen.filter((each) => each === 'POST tools/list')).toHaveLength(2);
  });

  it.each([
    [401, 'tool.refused', /does not allow/],
    [403, 'tool.refused', /does not allow/],
    [404, 'tool.invalid', /speaks no MCP by Streamable HTTP/],
    [405, 'tool.invalid', /HTTP with SSE, is not supported/],
    [429, 'tool.rate_limited', /no more requests/],
    [500, 'tool.unavailable', /status 500/],
  ])('says what a status of %i means', async (status, code, message) => {
    server.instead = (_request, response) => !!response.writeHead(status).end('<html>');
    const error: unknown = await discover().catch((each: unknown) => each);
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
    server.instead = (_request, response) => !!response.writeHead(200, { 'content-type': type }).end(body);
    await expect(discover()).rejects.toMatchObject({ code: 'tool.unreadable', retryable: false });
  });

  it('gives up on a server that does not answer', async () => {
    server.instead = () => true;
    await expect(discover(set(), { idleMs: 50 })).rejects.toMatchObject({ code: 'tool.timeout', retryable: true });
  });

  it('ends when whoever asked does not want to know any more', async () => {
    server.tools = { slow: {} };
    server.instead = (_request, _response, body) =>
      body.includes('tools/list') || body.includes('notifications/initialized');
    const reason = new Error('That took too long');
    const over = new AbortController();
    setTimeout(() => over.abort(reason), 100);
    await expect(adapter().discover(set(), over.signal)).rejects.toBe(reason);
  });

  it('reaches no private address, by itself or by a redirect', async () => {
    await expect(discover(set({ url: 'http://127.0.0.2:9/mcp' }))).rejects.toMatchObject({ code: 'egress.blocked' });
    await expect(discover(set({ url: 'http://169.254.169.254/mcp' }))).rejects.toMatchObject({
      code: 'egress.blocked',
    });
    server.instead = (_request, response) => !!response.writeHead(307, { location: 'http://127.0.0.2:9/' }).end();
    await expect(discover(set({ credentialId: SECRET }))).rejects.toMatchObject({ code: 'tool.redirected' });
  });

  it('follows no redirect with its credential, not even to the same place', async () => {
    server.instead = (request, response) =>
      request.url === '/mcp' && !!response.writeHead(308, { location: '/other' }).end();
    await expect(discover(set({ credentialId: SECRET }))).rejects.toMatchObject({ code: 'tool.redirected' });
    expect(server.authorizations).toHaveLength(1);
  });
});

describe('calling a tool of an MCP server', () => {
  it.each([true, false])('gives its text, answered as JSON: %s', async (json) => {
    server.json = json;
    server.tools = { echo: { run: ({ args }) => said(JSON.stringify(args)) } };
    expect(await call(tool('echo'), { q: 'x', n: [1] })).toBe('{"q":"x","n":[1]}');
  });

  it('prefers structured content', async () => {
    server.tools = {
      count: { run: () => ({ content: [{ type: 'text', text: '{"n":1}' }], structuredContent: { n: 1 } }) },
    };
    expect(await call(tool('count'))).toEqual({ n: 1 });
  });

  it('ends the session when it is done', async () => {
    server.tools = { echo: {} };
    await call(tool('echo'));
    await eventually(() => expect(server.seen).toContain('DELETE'));
  });

  it('sends the credential with each request, and takes it out of what comes back', async () => {
    server.authorization = SECRET;
    server.tools = { leak: { run: ({ authorization }) => said(`you are ${authorization}`) } };
    const result = await adapter().call(set({ credentialId: SECRET }), tool('leak'), {}, circumstances());
    expect(result).toBe('you are •••');
    await expect(call(tool('leak'))).rejects.toMatchObject({ code: 'tool.refused' });
  });

  it('fails in the words of a tool that says that it failed', async () => {
    server.tools = { fails: { run: () => ({ ...said('No such\u200b issue\u0007'), isError: true }) } };
    await expect(call(tool('fails', 'write'))).rejects.toMatchObject({
      code: 'tool.failed',
      message: 'No such issue',
      retryable: false,
      outcomeUnknown: false,
    });
  });

  it('fails in the words of the protocol, and does not know what a broken server has written', async () => {
    const answers = (code: number) => {
      server.tools = { odd: { run: () => Promise.reject(new McpError(code, 'because')) } };
    };
    answers(-32602);
    await expect(call(tool('odd', 'write'))).rejects.toMatchObject({ code: 'tool.invalid', outcomeUnknown: false });
    answers(-32601);
    await expect(call(tool('odd', 'write'))).rejects.toMatchObject({ code: 'tool.not_found' });
    answers(-32603);
    await expect(call(tool('odd', 'write'))).rejects.toMatchObject({ code: 'tool.failed', outcomeUnknown: true });
    await expect(call(tool('odd', 'read'))).rejects.toMatchObject({ code: 'tool.failed', outcomeUnknown: false });
  });

  it('has more time for a server that gives word of progress', async () => {
    server.tools = {
      slow: {
        run: async ({ extra }) => {
          for (let progress = 0; progress < 6; progress++) {
            await sleep(50);
            const progressToken = extra._meta?.progressToken ?? '';
            await extra.sendNotification({ method: 'notifications/progress', params: { progressToken, progress } });
          }
          return said('finished');
        },
      },
      silent: { run: () => sleep(5_000, said('late'), { ref: false }) },
    };
    expect(await call(tool('slow'), {}, {}, { idleMs: 150 })).toBe('finished');
    await expect(call(tool('silent', 'write'), {}, {}, { idleMs: 150 })).rejects.toMatchObject({
      code: 'tool.timeout',
      outcomeUnknown: true,
      retryable: true,
    });
  });

  it('waits for an answer whose stream is silent for a while', async () => {
    server.tools = { slow: { run: () => sleep(1_200, said('late')) } };
    expect(await call(tool('slow'))).toBe('late');
  });

  it('tells the server when nobody waits for the answer any more', async () => {
    const stopped: unknown[] = [];
    const begun = new AbortController();
    server.tools = {
      hangs: {
        run: ({ extra }) =>
          new Promise((resolve) => {
            begun.abort();
            extra.signal.addEventListener('abort', () => {
              stopped.push('cancelled');
              resolve(said('never read'));
            });
          }),
      },
    };
    const over = new AbortController();
    const reason = new Error('The run was cancelled');
    begun.signal.addEventListener('abort', () => over.abort(reason));
    await expect(call(tool('hangs'), {}, { signal: over.signal })).rejects.toBe(reason);
    await eventually(() => expect(stopped).toEqual(['cancelled']));
    expect(server.seen).toContain('POST notifications/cancelled');
  });

  it('begins a new session once when the server has forgotten the old one', async () => {
    let runs = 0;
    server.tools = { echo: { run: () => said(String(++runs)) } };
    let losses = 1;
    server.instead = (_request, _response, body) => {
      if (body.includes('tools/call') && losses-- > 0) server.forgetSessions();
      return false;
    };
    expect(await call(tool('echo', 'write'))).toBe('1');
    expect(server.seen.filter((each) => each === 'POST initialize')).toHaveLength(2);
    losses = 2;
    await expect(call(tool('echo', 'write'))).rejects.toMatchObject({
      code: 'tool.unavailable',
      outcomeUnknown: false,
    });
    expect(runs).toBe(1);
  });

  it('refuses what a server wants to ask of us', async () => {
    const asks = async ({ server: mine }: TestCall) => {
      const request = (method: string, params: Record<string, unknown>) =>
        mine.request({ method, params }, ResultSchema).then(
          () => 'granted',
          (error: { code?: number }) => String(error.code),
        );
      return said(
        [
          await request('sampling/createMessage', { messages: [], maxTokens: 5 }),
          await request('elicitation/create', {
            message: 'Your password?',
            requestedSchema: { type: 'object', properties: {} },
          }),
          await request('roots/list', {}),
        ].join(),
      );
    };
    server.tools = { asks: { run: asks } };
    expect(await call(tool('asks'))).toBe('-32601,-32601,-32601');
  });

  it('hears during a call that the tools have changed', async () => {
    const heard: string[] = [];
    server.tools = {
      grows: {
        run: async () => {
          await server.tellToolsChanged();
          await sleep(50);
          return said('grown');
        },
      },
    };
    expect(await call(tool('grows'), {}, { onToolsChanged: () => heard.push('changed') })).toBe('grown');
    expect(heard).toEqual(['changed']);
  });
});

describe('an MCP server that means harm or is broken', () => {
  /** Answers `tools/call` with bytes of the test's own. */
  const answerCallsWith = (write: (response: Parameters<NonNullable<McpTestServer['instead']>>[1]) => void): void => {
    server.instead = (_request, response, body) => {
      if (!body.includes('"tools/call"')) return false;
      write(response);
      return true;
    };
  };

  it.each(['application/json', 'text/event-stream'])('has no room for 50 MB of %s', async (type) => {
    let sent = 0;
    answerCallsWith((response) => {
      response.writeHead(200, { 'content-type': type });
      const piece = `data: ${'x'.repeat(64 * 1024)}`;
      const more = (): void => {
        while (sent < 50 * 1024 * 1024 && !response.destroyed) {
          sent += piece.length;
          if (!response.write(piece)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    await expect(call(tool('big', 'write'))).rejects.toMatchObject({ code: 'egress.too_large', outcomeUnknown: true });
    expect(sent).toBeLessThan(20 * 1024 * 1024);
  });

  it('that ends its stream without an answer, or breaks it off, leaves a write in doubt', async () => {
    answerCallsWith(
      (response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(': bye\n\n'),
    );
    const doubtful = { code: 'egress.failed', outcomeUnknown: true, retryable: true };
    await expect(call(tool('x', 'write'))).rejects.toMatchObject(doubtful);
    answerCallsWith((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': hello\n\n', () => response.destroy());
    });
    await expect(call(tool('x', 'write'))).rejects.toMatchObject(doubtful);
    await expect(call(tool('x', 'read'))).rejects.toMatchObject({ ...doubtful, outcomeUnknown: false });
  });

  it('that floods us with requests is left', async () => {
    answerCallsWith((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (let id = 0; id < 500; id++) {
        response.write(
          `data: ${JSON.stringify({ jsonrpc: '2.0', id, method: 'sampling/createMessage', params: {} })}\n\n`,
        );
      }
    });
    await expect(call(tool('x'))).rejects.toMatchObject({ code: 'egress.too_large' });
    expect(server.seen.length).toBeLessThan(120);
  });

  it.each([502, 503])('that answers a write with %i leaves it in doubt', async (status) => {
    answerCallsWith((response) => void response.writeHead(status, { 'retry-after': '2' }).end());
    await expect(call(tool('x', 'write'))).rejects.toMatchObject({
      code: 'tool.unavailable',
      outcomeUnknown: true,
      retryAfterMs: 2_000,
    });
  });

  it('that asks to wait has done nothing', async () => {
    answerCallsWith((response) => void response.writeHead(429, { 'retry-after': '3' }).end());
    await expect(call(tool('x', 'write'))).rejects.toMatchObject({
      code: 'tool.rate_limited',
      outcomeUnknown: false,
      retryAfterMs: 3_000,
    });
  });

  it('is taken up again where it can be, when its stream ends early', async () => {
    let asked = 0;
    server.instead = (request, response, body) => {
      if (body.includes('"tools/call"')) {
        asked += 1;
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end('id: 7\nretry: 20\ndata: \n\n');
        return true;
      }
      if (request.headers['last-event-id'] !== '7') return false;
      const answer = { jsonrpc: '2.0', id: 1, result: { content: [{ type: 'text', text: 'after all' }] } };
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`data: ${JSON.stringify(answer)}\n\n`);
      return true;
    };
    expect(await call(tool('x', 'write'))).toBe('after all');
    expect(asked).toBe(1);
  });
});

describe('many calls at once', () => {
  it('never mix: each of two organisations sees its own answers, by its own credential', async () => {
    server.tools = {
      whoami: {
        run: async ({ args, authorization, session }) => {
          await sleep(Math.random() * 20);
          return { content: [], structuredContent: { who: authorization.length, asked: args['asked'], session } };
        },
      },
    };
    const tokens = ['Bearer canary-of-organisation-a', 'Bearer canary-of-organisation-bb'];
    const shared = adapter();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, each) =>
        shared.call(set({ credentialId: tokens[each % 2] ?? null }), tool('whoami'), { asked: each }, circumstances()),
      ),
    );
    for (const [each, answer] of answers.entries()) {
      expect(answer).toMatchObject({ who: tokens[each % 2]?.length, asked: each });
    }
    expect(new Set(answers.map((answer) => (answer as { session: string }).session)).size).toBe(100);
  }, 30_000);
});

async function eventually(check: () => void): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      return check();
    } catch {
      await sleep(20);
    }
  }
  check();
}
