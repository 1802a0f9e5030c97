/** Real: the whole application on the stores of the set-up, and the official client of the Model Context Protocol. */
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { eventually } from '../browser/support/eventually.js';
import type { ApiClient } from '../support/clients/api.client.js';
import { chain } from '../support/graphs/chain.js';
import { greeting } from '../support/graphs/greeting.js';
import { connectMcp, refusalOf } from '../support/mcp/mcp-client.js';
import { newOrg } from '../support/new-org.js';
import { type InProcess, startInProcess } from '../support/start-in-process.js';

const SCOPES = ['agents:read', 'executions:start', 'executions:read'];

describe('A client of the Model Context Protocol is refused', () => {
  let running: InProcess;
  let owner: ApiClient;
  let key: string;
  let client: Client;
  let transport: StreamableHTTPClientTransport;
  const opened: Client[] = [];

  beforeAll(async () => {
    running = await startInProcess();
    owner = (await newOrg(running.url)).owner;
    await owner.agents.publishNew(greeting('Hello'), 'Greet somebody');
    await owner.agents.publishNew(chain([{ id: 'nap', kind: 'delay', config: { ms: 600_000 } }]), 'Sleep long');
    await owner.agents.publishNew(chain([], 'input', {}), 'Takes anything');
    await owner.agents.create('Only a draft', greeting());
    ({ key } = await owner.org.createApiKey(SCOPES, 'MCP client'));
    ({ client, transport } = await connect(key));
  });

  afterAll(async () => {
    for (const each of opened) await each.close();
    await running?.stop();
  });

  async function connect(as: string): ReturnType<typeof connectMcp> {
    const connected = await connectMcp(running.url, as);
    opened.push(connected.client);
    return connected;
  }

  const call = async (name: string, args: Record<string, unknown> = {}, by = client): Promise<CallToolResult> =>
    (await by.callTool({ name, arguments: args })) as CallToolResult;

  /** A message as no client would send it. */
  const raw = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${running.url}/mcp`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('arguments that do not fit, each by its name, and nothing is started', async () => {
    const before = (await owner.executions.list('?limit=1')).data[0]?.id;
    expect(await refusalOf(call('greet_somebody', { name: 7 }))).toMatchObject({
      code: -32_602,
      data: { code: 'mcp.invalid_arguments', errors: [{ pointer: '/params/arguments/name' }] },
    });
    expect(await refusalOf(call('agentflow-get-run', { executionId: 'x' }))).toMatchObject({ code: -32_602 });
    expect((await owner.executions.list('?limit=1')).data[0]?.id).toBe(before);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('an argument named %s, at any depth', async (name) => {
    const params = `{"name":"greet_somebody","arguments":{"name":"Ada","more":[{"${name}":{"orgId":"x"}}]}}`;
    const response = await raw(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`, {
      'mcp-session-id': transport.sessionId ?? '',
    });
    expect(await response.text()).toContain(`/params/arguments/more/0/${name}`);
  });

  it('a tool that is none, or another organisation’s', async () => {
    const other = (await newOrg(running.url)).owner;
    await other.agents.publishNew(greeting(), 'Secret recipe');
    for (const name of ['secret_recipe', 'nobody', 'greet-somebody', '__proto__', 'only_a_draft', 'takes_anything']) {
      expect(await refusalOf(call(name))).toMatchObject({ code: -32_602, data: { code: 'mcp.unknown_tool' } });
    }
    const { id } = await other.executions.start({
      agentId: await other.agents.publishNew(greeting(), 'Theirs'),
      input: { name: 'Eve' },
    });
    const foreign = await call('agentflow-get-run', { executionId: id });
    expect(foreign).toMatchObject({ isError: true, content: [{ text: 'There is no such execution.' }] });
  });

  it('what its key does not allow', async () => {
    const reader = await connect((await owner.org.createApiKey(['agents:read'])).key);
    expect((await reader.client.listTools()).tools).toEqual([]);
    expect(await refusalOf(call('greet_somebody', { name: 'Ada' }, reader.client))).toMatchObject({
      data: { code: 'auth.permission_missing' },
    });
    expect(await refusalOf(call('agentflow-get-run', {}, reader.client))).toMatchObject({
      data: { code: 'auth.permission_missing' },
    });
    await expect(connect((await owner.org.createApiKey(['executions:start'])).key)).rejects.toThrow(/agents:read/);
    await expect(connect('af_wrong')).rejects.toThrow();
    const stranger = await raw({ jsonrpc: '2.0', id: 1, method: 'ping' }, { authorization: 'Bearer af_wrong' });
    expect([stranger.status, stranger.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });

  it('a session that is not its own, has ended, or is none', async () => {
    const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
    const mine = { 'mcp-session-id': transport.sessionId ?? '' };
    expect((await raw(ping, mine)).status).toBe(200);
    const others = [
      (await owner.org.createApiKey(SCOPES)).key,
      (await (await newOrg(running.url)).owner.org.createApiKey(SCOPES)).key,
      owner.token ?? '',
    ];
    for (const other of others) {
      expect((await raw(ping, { ...mine, authorization: `Bearer ${other}` })).status).toBe(404);
    }
    expect((await raw(ping)).status).toBe(400);
    expect((await raw(ping, { 'mcp-session-id': 'x.y' })).status).toBe(404);
    const leaving = await connect(key);
    const left = { 'mcp-session-id': leaving.transport.sessionId ?? '' };
    await leaving.transport.terminateSession();
    expect((await raw(ping, left)).status).toBe(404);
  });

  it('when a stranger’s page asks, or names the server as its own', async () => {
    const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
    const mine = { 'mcp-session-id': transport.sessionId ?? '' };
    const page = await raw(ping, { ...mine, origin: 'http://evil.example.com' });
    expect([page.status, await page.json()]).toMatchObject([403, { error: { data: { code: 'mcp.foreign_origin' } } }]);
    expect((await raw(ping, { ...mine, origin: running.url })).status).toBe(200);
  });

  it('what is no message', async () => {
    const mine = { 'mcp-session-id': transport.sessionId ?? '' };
    expect(await (await raw('{"jsonrpc":', mine)).json()).toMatchObject({ error: { code: -32_700 } });
    expect(await (await raw([], mine)).json()).toMatchObject({ error: { code: -32_600 } });
    const unknown = await raw({ jsonrpc: '2.0', id: 1, method: 'resources/list' }, mine);
    expect(await unknown.json()).toMatchObject({ id: 1, error: { code: -32_601 } });
  });

  it('more than its minute has room for', async () => {
    const narrow = await startInProcess(undefined, { AI_FREE_TIER_RPM: '2' });
    try {
      const small = (await newOrg(narrow.url)).owner;
      await small.agents.publishNew(greeting(), 'Greet somebody');
      const { client: hasty } = await connectMcp(narrow.url, (await small.org.createApiKey(SCOPES)).key);
      const greet = (): Promise<CallToolResult> => call('greet_somebody', { name: 'Ada' }, hasty);
      await greet();
      await greet();
      expect(await refusalOf(greet())).toMatchObject({
        data: { code: 'rate_limit.requests', retryAfterSeconds: expect.any(Number) },
      });
      await hasty.close();
    } finally {
      await narrow.stop();
    }
  });

  it('what a call under way would still have told, when its key is revoked; the run goes on', async () => {
    const { id, key: lent } = await owner.org.createApiKey(SCOPES, 'Lent');
    const borrower = await connect(lent);
    const answer = refusalOf(call('sleep_long', {}, borrower.client));
    await eventually(async () => {
      expect((await owner.executions.list('?limit=1')).data[0]).toMatchObject({ agentName: 'Sleep long' });
    });
    await owner.org.revokeApiKey(id);
    expect(await answer).toMatchObject({ data: { code: 'auth.revoked' } });
    const [run] = (await owner.executions.list('?limit=1')).data;
    expect(['running', 'waiting']).toContain(run?.status);
    await owner.executions.cancel(run?.id ?? '');
  });
});
