/** Real: the whole application on the stores of the set-up, and the official client of the Model Context Protocol, told nothing but address and key. */
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  type CallToolResult,
  CallToolResultSchema,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { eventually } from '../browser/support/eventually.js';
import type { ApiClient } from '../support/clients/api.client.js';
import { approval } from '../support/graphs/approval.js';
import { chain } from '../support/graphs/chain.js';
import { greeting } from '../support/graphs/greeting.js';
import { connectMcp, refusalOf, runOf } from '../support/mcp/mcp-client.js';
import { newOrg } from '../support/new-org.js';
import { type InProcess, startInProcess } from '../support/start-in-process.js';

const SCOPES = ['agents:read', 'executions:start', 'executions:read'];
const GREET_SCHEMA = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };

/** Three steps that take a moment each. */
const slowly = (ms: number) =>
  chain(
    ['first', 'second', 'third'].map((id) => ({ id, kind: 'delay', name: `The ${id} nap`, config: { ms } })),
    '{ "rested": true }',
  );

describe('A client of the Model Context Protocol', () => {
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
    await owner.agents.publishNew(slowly(400), 'Sleep a little');
    await owner.agents.publishNew(slowly(60_000), 'Sleep long');
    await owner.agents.publishNew(approval('May it be paid?'), 'Ask first');
    await owner.agents.publishNew(
      chain([{ id: 'fail', kind: 'code', config: { source: 'throw new Error("out of paper")' } }]),
      'Print it',
    );
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

  const textOf = ({ content }: CallToolResult): string => (content[0]?.type === 'text' ? content[0].text : '');

  it('is told published agents with an object as their input, by their slugs, with their schemas', async () => {
    await owner.agents.create('Only a draft', greeting());
    await owner.agents.publishNew(chain([], 'input', {}), 'Takes anything');
    const archived = await owner.agents.publishNew(greeting(), 'No longer in use');
    await owner.agents.archive(archived);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'agentflow-get-run',
      'ask_first',
      'greet_somebody',
      'print_it',
      'sleep_a_little',
      'sleep_long',
    ]);
    expect(tools.find(({ name }) => name === 'greet_somebody')).toMatchObject({
      title: 'Greet somebody',
      description: 'Runs the agent “Greet somebody”.',
      inputSchema: GREET_SCHEMA,
    });
    expect(client.getServerVersion()).toMatchObject({ name: 'agentflow' });
  });

  it('is told the same page by page over REST, for people', async () => {
    const first = await owner.http.ask<{ data: { name: string }[]; nextCursor: string; url: string }>(
      'GET',
      '/mcp/tools?limit=2',
    );
    expect(first).toMatchObject({ data: [{ name: 'ask_first' }, { name: 'greet_somebody' }], hasMore: true });
    expect(first.url).toMatch(/\/mcp$/);
    const path = `/mcp/tools?limit=2&cursor=${encodeURIComponent(first.nextCursor)}`;
    expect(await owner.http.ask('GET', path)).toMatchObject({
      data: [{ name: 'print_it' }, { name: 'sleep_a_little' }],
    });
    expect(await refusalOf(client.listTools({ cursor: 'nonsense' }))).toMatchObject({
      data: { code: 'request.invalid_cursor' },
    });
  });

  it('calls an agent and is given its output, with the run that it comes from', async () => {
    const result = await call('greet_somebody', { name: 'Ada' });
    expect(result).toMatchObject({
      content: [{ type: 'text', text: '{"greeting":"Hello, Ada"}' }],
      structuredContent: { greeting: 'Hello, Ada' },
    });
    expect(result.isError).toBeUndefined();
    expect(await owner.executions.get(runOf(result))).toMatchObject({ status: 'succeeded', trigger: 'mcp' });
    expect((await call('agentflow-get-run', { executionId: runOf(result) })).structuredContent).toMatchObject({
      status: 'succeeded',
      output: { greeting: 'Hello, Ada' },
    });
  });

  it('hears how a run gets on, in numbers that only grow', async () => {
    const heard: { progress: number; message?: string | undefined }[] = [];
    await client.callTool({ name: 'sleep_a_little', arguments: {} }, CallToolResultSchema, {
      onprogress: (each) => heard.push(each),
    });
    const numbers = heard.map(({ progress }) => progress);
    expect(numbers).toEqual([...new Set(numbers)].sort((left, right) => left - right));
    const told = heard.map(({ message }) => message).join('\n');
    for (const step of ['first', 'second', 'third']) expect(told).toContain(`The ${step} nap`);
  });

  it('cancels the run of a call that it cancels', async () => {
    const cancelled = new AbortController();
    const answer = refusalOf(
      client.callTool({ name: 'sleep_long', arguments: {} }, CallToolResultSchema, {
        signal: cancelled.signal,
        onprogress: () => cancelled.abort('changed my mind'),
      }),
    );
    expect((await answer).message).toContain('changed my mind');
    await eventually(async () => {
      const [run] = (await owner.executions.list('?limit=1')).data;
      expect(run).toMatchObject({ agentName: 'Sleep long', status: 'cancelled' });
    });
  });

  it('leaves a run alone whose connection it loses', async () => {
    const hungUp = new AbortController();
    const response = await fetch(`${running.url}/mcp`, {
      method: 'POST',
      signal: hungUp.signal,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-session-id': transport.sessionId ?? '',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 'x', method: 'tools/call', params: { name: 'sleep_a_little' } }),
    });
    expect(response.status).toBe(200);
    await eventually(async () => {
      expect((await owner.executions.list('?limit=1')).data[0]).toMatchObject({ agentName: 'Sleep a little' });
    });
    hungUp.abort();
    const [run] = (await owner.executions.list('?limit=1')).data;
    expect(await owner.executions.ended(run?.id ?? '')).toMatchObject({ status: 'succeeded' });
  });

  it('is told what a run failed with, for its model to read', async () => {
    const result = await call('print_it');
    expect(result.isError).toBe(true);
    expect(textOf(result)).toMatch(/out of paper.*\(code\.\w+, run [0-9a-f-]{36}\)/s);
    expect((await call('agentflow-get-run', { executionId: runOf(result) })).structuredContent).toMatchObject({
      status: 'failed',
    });
  });

  it('does not wait for people, and finds their answer later', async () => {
    const result = await call('ask_first', { amount: 7 });
    expect(textOf(result)).toContain('waits for somebody: May it be paid?');
    const executionId = runOf(result);
    const look = async (): Promise<unknown> => (await call('agentflow-get-run', { executionId })).structuredContent;
    expect(await look()).toMatchObject({
      status: 'waiting',
      waitsFor: [{ kind: 'approval', title: 'May it be paid?' }],
    });
    await owner.executions.tryDecide(executionId, 'approved');
    await owner.executions.ended(executionId);
    expect(await look()).toMatchObject({ status: 'succeeded', output: { decision: 'approved' } });
  }, 60_000);

  it('hears of an agent that was published meanwhile', async () => {
    let changes = 0;
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => void (changes += 1));
    await owner.agents.publishNew(greeting(), 'Quite new');
    await eventually(async () => expect(changes).toBe(1));
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('quite_new');
  });

  it('is one of a hundred of two organisations, several to a key, and hears only what it asked', async () => {
    const theirs = (await newOrg(running.url)).owner;
    await theirs.agents.publishNew(greeting('Ahoy'), 'Greet somebody');
    const keys = await Promise.all(
      [owner, owner, theirs, theirs].map(async (org) => (await org.org.createApiKey(SCOPES)).key),
    );
    const clients = await Promise.all(
      Array.from({ length: 100 }, async (_none, index) => (await connect(keys[index % 4] ?? '')).client),
    );
    const answers = await Promise.all(
      clients.map(async (each, index) => {
        const heard: string[] = [];
        const result = await each.callTool(
          { name: 'greet_somebody', arguments: { name: `client ${index}` } },
          CallToolResultSchema,
          { onprogress: ({ message = '' }) => heard.push(message) },
        );
        return { result: result as CallToolResult, heard };
      }),
    );
    for (const [index, { result, heard }] of answers.entries()) {
      const word = index % 4 < 2 ? 'Hello' : 'Ahoy';
      expect(result.structuredContent).toEqual({ greeting: `${word}, client ${index}` });
      const foreign = heard.filter((message) => /^Run /.test(message) && !message.includes(runOf(result)));
      expect(foreign).toEqual([]);
    }
    expect(new Set(answers.map(({ result }) => runOf(result))).size).toBe(100);
  }, 120_000);
});
