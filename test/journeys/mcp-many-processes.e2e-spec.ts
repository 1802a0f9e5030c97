/** Real: processes of the set-up and the official client; one more API where there are several. */
import { type CallToolResult, CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { eventually } from '../browser/support/eventually.js';
import { chain } from '../support/graphs/chain.js';
import { greeting } from '../support/graphs/greeting.js';
import { connectMcp } from '../support/mcp/mcp-client.js';
import { setup } from '../support/setup.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';

describe('A session of the Model Context Protocol', () => {
  let agentflow: AgentFlow;
  let other: string;

  beforeAll(async () => {
    agentflow = await startAgentFlow();
    other = await agentflow.startSecondApi();
    await agentflow.client.agents.publishNew(greeting(), 'Greet somebody');
    await agentflow.client.agents.publishNew(
      chain([{ id: 'nap', kind: 'delay', config: { ms: 600_000 } }]),
      'Sleep long',
    );
  });

  afterAll(() => agentflow?.stop());

  const connect = () => connectMcp(agentflow.url, agentflow.apiKey);

  /** A message to the other process, in a session that it has never seen. */
  const tellOther = (session: string | undefined, message: object): Promise<Response> =>
    fetch(`${other}/mcp`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${agentflow.apiKey}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-session-id': session ?? '',
      },
      body: JSON.stringify({ jsonrpc: '2.0', ...message }),
    });

  const sleeping = async (): Promise<string> => {
    let id = '';
    await eventually(async () => {
      const [run] = (await agentflow.client.executions.list('?limit=1')).data;
      expect(run).toMatchObject({ agentName: 'Sleep long', status: 'waiting' });
      id = run?.id ?? '';
    });
    return id;
  };

  it('goes on in any process', async () => {
    const { client, transport } = await connect();
    const params = { name: 'greet_somebody', arguments: { name: 'Ada' } };
    const answer = await tellOther(transport.sessionId, { id: 1, method: 'tools/call', params });
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('Hello, Ada')]);
    await client.close();
  });

  // Without Redis, processes do not hear each other.
  (setup === 'postgres' ? it.skip : it)('is ended, and its calls are cancelled, from any process', async () => {
    const { client, transport } = await connect();
    let requestId: unknown;
    const send = transport.send.bind(transport);
    transport.send = (message, options) => {
      if ('method' in message && message.method === 'tools/call' && 'id' in message) requestId = message.id;
      return send(message, options);
    };
    const call = client.callTool({ name: 'sleep_long', arguments: {} }).catch(() => 'given up');
    const id = await sleeping();
    const params = { requestId, reason: 'changed my mind' };
    const told = await tellOther(transport.sessionId, { method: 'notifications/cancelled', params });
    expect(told.status).toBe(202);
    expect(await agentflow.client.executions.ended(id)).toMatchObject({ status: 'cancelled' });
    await client.close();
    expect(await call).toBe('given up');

    const { transport: leaving } = await connect();
    await leaving.terminateSession();
    await eventually(async () => {
      expect((await tellOther(leaving.sessionId, { id: 2, method: 'ping' })).status).toBe(404);
    });
  });

  it('is answered before its process stops, and finds its run in the next one', async () => {
    const { client } = await connect();
    const call = client.callTool({ name: 'sleep_long', arguments: {} }, CallToolResultSchema);
    const id = await sleeping();
    await agentflow.terminate('api');
    const { content } = (await call) as CallToolResult;
    expect(content).toEqual([{ type: 'text', text: expect.stringContaining('being restarted') }]);
    await client.close();
    await agentflow.restart();
    const { client: next } = await connect();
    const found = await next.callTool({ name: 'agentflow-get-run', arguments: { executionId: id } });
    expect(found.structuredContent).toMatchObject({ executionId: id, status: 'waiting' });
    await agentflow.client.executions.cancel(id);
    await next.close();
  });
});
