import { randomUUID } from 'node:crypto';
import type { ApiClient } from '../support/clients/api.client.js';
import type { Graph } from '../support/clients/agents.client.js';
import type { Answer, Problem } from '../support/clients/http-client.js';
import { chain } from '../support/graphs/chain.js';
import { greeting } from '../support/graphs/greeting.js';
import { newOrg } from '../support/new-org.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';

const BODY_LIMIT_BYTES = 65_536;

/** Real: every process and store. */
describe('what AgentFlow refuses', () => {
  let agentflow: AgentFlow;
  let client: ApiClient;

  beforeAll(async () => {
    agentflow = await startAgentFlow({ settings: { BODY_LIMIT_BYTES: String(BODY_LIMIT_BYTES) } });
    client = agentflow.client;
  });

  afterAll(() => agentflow?.stop());

  const { nodes, edges } = greeting();
  const withNode = (id: string, change: object): unknown => ({
    nodes: nodes.map((node) => (node.id === id ? { ...node, ...change } : node)),
    edges,
  });

  it.each<[string, unknown, string]>([
    ['a cycle', { nodes, edges: [...edges, { from: 'greet', to: 'greet' }] }, '/edges/2'],
    ['an edge to nowhere', { nodes, edges: [...edges, { from: 'greet', to: 'nobody' }] }, '/edges/2/to'],
    ['an unknown kind', withNode('greet', { kind: 'telepathy' }), '/nodes/1/kind'],
    ['an unknown field', withNode('greet', { config: { expression: '1', colour: 'red' } }), '/nodes/1/config/colour'],
    [
      'an expression that does not parse',
      withNode('greet', { config: { expression: 'input.(' } }),
      '/nodes/1/config/expression',
    ],
    ['a missing field', withNode('greet', { config: {} }), '/nodes/1/config/expression'],
  ])('answers %s with 422 and a pointer, and keeps the draft', async (_what, graph, pointer) => {
    const { id } = await client.agents.create('Being drawn', greeting('Before'));
    const answer = await client.agents.tryDraw(id, graph);
    expectProblem(answer, 422, 'agent.draft_invalid');
    const { errors = [] } = answer.body as unknown as Problem;
    expect(errors.map((error) => error.pointer)).toContain(pointer);
    for (const { code, message } of errors) expect(code.length * message.length).toBeGreaterThan(0);

    const draft = await client.agents.draft(id);
    expect(draft.graph).toMatchObject(graph as Graph);
    expect(draft.problems.map((problem) => problem.pointer)).toContain(pointer);
    expectProblem(await client.http.send('POST', `/agents/${id}/publish`, {}), 422);
  });

  it('names every problem of a graph at once', async () => {
    const { id } = await client.agents.create('Twice wrong');
    const answer = await client.agents.tryDraw(id, {
      nodes: nodes.map((node) => (node.id === 'greet' ? { ...node, config: { expression: '((' } } : node)),
      edges: [...edges, { from: 'greet', to: 'nobody' }],
    });
    const pointers = ((answer.body as unknown as Problem).errors ?? []).map(({ pointer }) => pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/nodes/1/config/expression', '/edges/2/to']));
  });

  it('does not keep what is no graph at all', async () => {
    const { id } = await client.agents.create('No graph', greeting('Kept'));
    for (const body of [[], 'text', { nodes: 'many' }]) {
      expect((await client.agents.tryDraw(id, body)).status).toBeGreaterThanOrEqual(400);
    }
    expect((await client.agents.draft(id)).graph).toMatchObject(greeting('Kept'));
  });

  it('answers an input that the start schema refuses with 422, a pointer, and no run', async () => {
    const agentId = await client.agents.publishNew(greeting());
    for (const mode of ['async', 'wait'] as const) {
      const answer = await client.executions.tryStart({ agentId, mode, input: { name: 7 } });
      expectProblem(answer, 422, 'execution.invalid_input');
      expect((answer.body as unknown as Problem).errors?.[0]?.pointer).toBe('/input/name');
    }
    expect((await client.executions.list(`?agentId=${agentId}`)).data).toEqual([]);
  });

  it('answers a start of what was never published, or is archived, with a conflict that says what to do', async () => {
    const { id } = await client.agents.create('Unpublished');
    expectProblem(await client.executions.tryStart({ agentId: id, input: {} }), 409, 'agent.not_published');
    const archived = await client.agents.publishNew(chain([]));
    await client.agents.archive(archived);
    expectProblem(await client.executions.tryStart({ agentId: archived }), 409, 'agent.archived');
  });

  it('answers a foreign id as it answers an unknown one', async () => {
    const { owner: stranger } = await newOrg(agentflow.url, 'Stranger');
    const agentId = await client.agents.publishNew(greeting());
    const { id: runId } = await client.executions.run({ agentId, input: { name: 'Ada' } });
    const paths = (agent: string, run: string): string[] => [
      `/agents/${agent}`,
      `/agents/${agent}/draft`,
      `/agents/${agent}/versions`,
      `/agents/${agent}/versions/1`,
      `/agents/${agent}/export`,
      `/executions/${run}`,
      `/executions/${run}/steps`,
      `/executions/${run}/events`,
      `/executions/${run}/logs`,
      `/executions/${run}/stream`,
    ];
    const unknown = randomUUID();
    const [foreign, missing] = [paths(agentId, runId), paths(unknown, unknown)];
    for (const [index, path] of foreign.entries()) {
      const theirs = await stranger.http.send<Problem>('GET', path);
      const nobodys = await stranger.http.send<Problem>('GET', missing[index] ?? '');
      expectProblem(theirs, 404);
      expect({ path, ...withoutRequestId(theirs.body) }).toEqual({ path, ...withoutRequestId(nobodys.body) });
    }
    for (const action of ['cancel', 'retry']) {
      expectProblem(await stranger.http.send('POST', `/executions/${runId}/${action}`), 404);
    }
    expectProblem(await stranger.executions.tryStart({ agentId }), 404);
    expectProblem(await stranger.http.send('GET', '/executions/not-an-id'), 404, 'execution.not_found');
    expectProblem(await stranger.http.send('GET', '/agents/not-an-id'), 404);
  });

  it('answers a body over the limit with 413', async () => {
    const answer = await client.http.send('POST', '/agents', { name: 'x'.repeat(BODY_LIMIT_BYTES) });
    expectProblem(answer, 413, 'request.too_large');
  });

  it('answers unknown fields with 400 and their pointers', async () => {
    const answer = await client.http.send('POST', '/agents', { name: 'Fine', colour: 'red' });
    expectProblem(answer, 400);
    expect((answer.body as Problem).errors?.map(({ pointer }) => pointer)).toEqual(['/colour']);
    expectProblem(
      await client.http.send('POST', '/executions', { agentId: randomUUID(), input: {}, orgId: randomUUID() }),
      400,
    );
    expectProblem(await client.http.send('GET', '/executions?colour=red'), 400);
  });

  it('answers what is not JSON with 415, and broken JSON with 400', async () => {
    const headers = { 'content-type': 'text/plain' };
    expectProblem(await client.http.fetch('POST', '/api/v1/agents', '{"name":"x"}', headers), 415, 'request.not_json');
    const json = { 'content-type': 'application/json' };
    expectProblem(await client.http.fetch('POST', '/api/v1/agents', '{"name":', json), 400, 'request.not_json');
  });

  it('answers without or with a wrong credential with 401, and too small a scope with 403', async () => {
    expectProblem(await agentflow.anonymous.http.send('GET', '/agents'), 401);
    expectProblem(await client.as('af_nobody_has_this_key_at_all').http.send('GET', '/agents'), 401);
    expectProblem(await client.as('eyJhbGciOiJub25lIn0.e30.').http.send('GET', '/agents'), 401);
    const { key } = await client.org.createApiKey(['agents:read']);
    expectProblem(await client.as(key).http.send('POST', '/agents', { name: 'No' }), 403);
  });

  it('answers an address that leads nowhere with a problem, too', async () => {
    expectProblem(await client.http.send('GET', '/nothing-here'), 404, 'route.not_found');
    expectProblem(await client.http.send('DELETE', '/templates'), 404, 'route.not_found');
  });

  it('gives a request its id back, or one of its own', async () => {
    const answer = await client.http.send('GET', '/agents/not-an-id', undefined, { 'x-request-id': 'story-42' });
    expect(answer.headers.get('x-request-id')).toBe('story-42');
    expect((answer.body as Problem).requestId).toBe('story-42');
    const without = await client.http.send('GET', '/agents');
    expect(without.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

/** Every refusal has the same form. */
function expectProblem(answer: Answer, status: number, code?: string): void {
  expect({ status: answer.status, type: answer.headers.get('content-type') }).toEqual({
    status,
    type: expect.stringMatching(/^application\/problem\+json/),
  });
  const problem = answer.body as Problem;
  expect(problem).toMatchObject({
    status,
    type: `urn:agentflow:problem:${problem.code}`,
    ...(code !== undefined && { code }),
  });
  expect(problem.requestId).toBe(answer.headers.get('x-request-id'));
  expect(problem.title.length * problem.detail.length).toBeGreaterThan(0);
  expect(typeof problem.retryable).toBe('boolean');
}

function withoutRequestId({ requestId, ...rest }: Problem): Omit<Problem, 'requestId'> {
  return rest;
}
