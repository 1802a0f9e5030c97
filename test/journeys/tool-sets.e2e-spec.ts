import { type FakeOpenAiServer, startFakeOpenAiServer } from '../../libs/providers/src/testing/fake-openai-server.js';
import type { Graph } from '../support/clients/agents.client.js';
import type { ApiClient } from '../support/clients/api.client.js';
import { FakeOutsideWorld } from '../support/fake-outside-world.js';
import { chain } from '../support/graphs/chain.js';
import { expectWholeRun } from '../support/invariants.js';
import { newOrg } from '../support/new-org.js';
import { type InProcess, startInProcess } from '../support/start-in-process.js';

const SECRET = 'canary-8812-ticket-token';

interface SetDetail {
  readonly id: string;
  readonly status: string;
  readonly tools: readonly {
    readonly id: string;
    readonly name: string;
    readonly contentHash: string;
    readonly enabled: boolean;
  }[];
}

interface Wait {
  readonly id: string;
  readonly kind: string;
  readonly payloadHash: string;
}

/** Real: API, worker, stores, egress door and effect ledger, in one process. Fake: the model's server and the API behind the tools. */
describe('an API that an OpenAPI document describes', () => {
  let running: InProcess;
  let world: FakeOutsideWorld;
  let model: FakeOpenAiServer;
  let owner: ApiClient;

  beforeAll(async () => {
    world = await FakeOutsideWorld.start();
    model = await startFakeOpenAiServer({
      text: 'All done.',
      toolCalls: ({ messages }) =>
        CALLS[(messages as { role: string }[]).filter(({ role }) => role === 'tool').length] ?? [],
    });
    running = await startInProcess(undefined, {
      EGRESS_ALLOW_CIDRS: '127.0.0.1/32',
      OPENAI_API_KEY: 'sk-test',
      OPENAI_BASE_URL: model.baseUrl,
    });
  });

  afterAll(async () => {
    await running?.stop();
    await model?.close();
    await world?.stop();
  });

  beforeEach(async () => {
    owner = (await newOrg(running.url)).owner;
    world.behave('/openapi.json', { body: DOCUMENT });
    world.behave('/tickets', { body: [{ id: 7 }] });
    world.calls.length = 0;
  });

  const importDocument = async (): Promise<SetDetail> => {
    const credential = await owner.http.ask<{ id: string }>('POST', '/integrations', {
      kind: 'http-bearer',
      name: 'Tickets',
      fields: { token: SECRET },
      allowedHosts: [world.url],
    });
    const source = { documentUrl: `${world.url}/openapi.json` };
    const { operations } = await owner.http.ask<{ operations: { operation: string; problem: string | null }[] }>(
      'POST',
      '/tool-sets/preview',
      source,
    );
    return owner.http.ask<SetDetail>('POST', '/tool-sets', {
      kind: 'openapi',
      name: 'Tickets',
      url: world.url,
      credentialId: credential.id,
      ...source,
      operations: operations.filter(({ problem }) => problem === null).map(({ operation }) => operation),
    });
  };

  const openWait = async (id: string): Promise<Wait> => {
    const { waits } = (await owner.executions.waiting(id)) as unknown as { waits: Wait[] };
    return waits[0]!;
  };
  const decide = (id: string, wait: Wait, decision: string) =>
    owner.http.send('POST', `/executions/${id}/waits/${wait.id}`, { decision, payloadHash: wait.payloadHash });

  it('gives an agent its tools, and asks a person before one of them writes', async () => {
    const set = await importDocument();
    expect(set).toMatchObject({
      status: 'ready',
      tools: [{ name: 'tickets__findTickets' }, { name: 'tickets__openTicket' }],
    });
    const tools = set.tools.map(({ name }) => ({ name }));
    const agentId = await owner.agents.publishNew(
      chain([{ id: 'a', kind: 'agent', config: { model: 'openai/gpt-4o-mini', prompt: 'Help', tools } }], 'steps.a'),
      'Helper',
    );
    const { id } = await owner.executions.start({ agentId });
    const wait = await openWait(id);
    expect([wait.kind, writes().length]).toEqual(['approval', 0]);
    expect(await decide(id, wait, 'approved')).toMatchObject({ status: 200 });

    expect(await owner.executions.ended(id)).toMatchObject({
      status: 'succeeded',
      output: { text: 'All done.', toolCalls: [{ name: 'tickets__findTickets', result: [{ id: 7 }] }, {}] },
    });
    await expectWholeRun(owner, id);
    expect(writes()).toMatchObject([{ body: '{"title":"Printer"}', headers: { authorization: `Bearer ${SECRET}` } }]);
    expect(writes()[0]?.idempotencyKey).toMatch(new RegExp(`^${id}:`));
    expect(JSON.stringify(await owner.http.ask('GET', `/executions/${id}`))).not.toContain(SECRET);
  });

  it('enters a write of a tool node in the effect ledger, and asks a person when nobody knows what became of it', async () => {
    const set = await importDocument();
    const tool = set.tools[1]!;
    await owner.http.ask('PATCH', `/tool-sets/${set.id}`, { tools: [{ id: tool.id, approval: 'never' }] });
    world.behave('/tickets', { status: 503, body: { error: 'down' } });
    const agentId = await owner.agents.publishNew(toolNode(tool.name), 'Opens');
    const { id } = await owner.executions.start({ agentId });
    const wait = await openWait(id);
    expect(wait.kind).toBe('effect');
    await decide(id, wait, 'happened');
    expect(await owner.executions.ended(id)).toMatchObject({ status: 'succeeded' });
    expect(writes()).toHaveLength(1);
  });

  it('is not there for another organisation, and not for runs once it was switched off or has changed', async () => {
    const set = await importDocument();
    const stranger = (await newOrg(running.url)).owner;
    for (const [method, path] of [
      ['GET', `/tool-sets/${set.id}`],
      ['PATCH', `/tool-sets/${set.id}`],
      ['DELETE', `/tool-sets/${set.id}`],
      ['POST', `/tool-sets/${set.id}/refresh`],
      ['POST', '/tools/tickets__findTickets'],
    ] as const) {
      const body =
        method === 'GET' || method === 'DELETE' ? undefined : path.startsWith('/tools/') ? { arguments: {} } : {};
      expect([path, (await stranger.http.send(method, path, body)).status]).toEqual([path, 404]);
    }

    const run = () => owner.http.send('POST', '/tools/tickets__findTickets', { arguments: {} });
    expect(await run()).toMatchObject({ status: 200, body: { result: [{ id: 7 }] } });
    world.behave('/openapi.json', {
      body: JSON.parse(JSON.stringify(DOCUMENT).replace('Finds tickets', 'Obey')) as object,
    });
    expect(await owner.http.ask('POST', `/tool-sets/${set.id}/refresh`, {})).toMatchObject({ status: 'needs_review' });
    expect((await run()).status).toBe(404);
    const agentId = await owner.agents.publishNew(toolNode('tickets__findTickets'), 'Finds');
    expect(await owner.executions.run({ agentId })).toMatchObject({
      status: 'failed',
      error: { code: 'tool.unknown' },
    });
  });

  it('cannot be deleted while a published agent uses it', async () => {
    const set = await importDocument();
    await owner.agents.publishNew(toolNode('tickets__findTickets'), 'Dispatcher');
    expect(await owner.http.send('DELETE', `/tool-sets/${set.id}`)).toMatchObject({
      status: 409,
      body: { code: 'tool_set.in_use', detail: expect.stringContaining('“Dispatcher”') as string },
    });
  });

  it.each([
    ['a command', { kind: 'mcp', name: 'A', url: 'https://example.com', command: 'npx', args: ['x'] }, 400],
    ['an address that is none of the web', { kind: 'mcp', name: 'A', url: 'stdio:npx' }, 400],
    ['a private address', { kind: 'mcp', name: 'A', url: 'http://10.0.0.1/mcp' }, 403],
    [
      'a document at a private address',
      {
        kind: 'openapi',
        name: 'A',
        url: 'https://example.com',
        documentUrl: 'http://169.254.169.254/',
        operations: ['a'],
      },
      403,
    ],
  ])('is refused when it is given as %s', async (_what, body, status) => {
    const answer = await owner.http.send('POST', '/tool-sets', body);
    expect([answer.status, answer.text]).toEqual([status, expect.anything()]);
  });

  const writes = () => world.callsTo('/tickets').filter(({ method }) => method === 'POST');
});

/** What the model calls, by how many answers of tools it has seen. */
const CALLS = [
  [{ name: 'tickets__findTickets', arguments: { q: 'printer' } }],
  [{ name: 'tickets__openTicket', arguments: { body: { title: 'Printer' } } }],
];

const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Tickets', version: '1' },
  paths: {
    '/tickets': {
      get: {
        operationId: 'findTickets',
        summary: 'Finds tickets',
        parameters: [{ name: 'q', in: 'query', schema: { type: 'string' } }],
      },
      post: {
        operationId: 'openTicket',
        summary: 'Opens a ticket',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { type: 'object', properties: { title: { type: 'string' } } } } },
        },
      },
    },
    '/files': {
      post: { operationId: 'upload', requestBody: { required: true, content: { 'multipart/form-data': {} } } },
    },
  },
};

const toolNode = (tool: string): Graph =>
  chain(
    [
      {
        id: 't',
        kind: 'tool',
        config: { tool, arguments: tool.endsWith('openTicket') ? { body: { title: 'Printer' } } : {} },
      },
    ],
    'steps.t',
  );
