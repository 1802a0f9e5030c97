import { randomUUID } from 'node:crypto';
import type { ApiClient } from '../support/clients/api.client.js';
import { FakeOutsideWorld } from '../support/fake-outside-world.js';
import { oneCall } from '../support/graphs/one-call.js';
import { expectOneRun, expectWholeRun } from '../support/invariants.js';
import { newOrg } from '../support/new-org.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';

/** Real: every process and store. Fake: the service that the step calls; it counts. */
describe('starting under an Idempotency-Key (I-10, F-27)', () => {
  let agentflow: AgentFlow;
  let world: FakeOutsideWorld;
  let client: ApiClient;

  beforeAll(async () => {
    [agentflow, world] = await Promise.all([startAgentFlow(), FakeOutsideWorld.start({ delayMs: 50 })]);
    client = agentflow.client;
  });

  afterAll(async () => {
    await world?.stop();
    await agentflow?.stop();
  });

  it.each(['async', 'wait'] as const)('makes one run of fifty parallel starts (%s)', async (mode) => {
    const agentId = await client.agents.publishNew(oneCall(`${world.url}/fifty-${mode}`));
    const key = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => client.executions.tryStart({ agentId, mode, input: { n: 1 } }, key)),
    );

    for (const { status } of answers) expect(mode === 'async' ? [202] : [200, 202]).toContain(status);
    const id = expectOneRun(answers.map(({ body }) => body));
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1);
    expect(await client.executions.ended(id)).toMatchObject({ status: 'succeeded' });
    expect((await client.executions.list(`?agentId=${agentId}`)).data).toHaveLength(1);
    expect(world.callsTo(`/fifty-${mode}`)).toHaveLength(1);
    await expectWholeRun(client, id);
  });

  it('says of a repetition that it is one, and refuses the key for another body', async () => {
    const agentId = await client.agents.publishNew(oneCall(`${world.url}/repeat`));
    const key = { 'idempotency-key': randomUUID() };
    const first = await client.executions.tryStart({ agentId, input: { n: 1 } }, key);
    expect(first.headers.get('idempotent-replayed')).toBeNull();

    const again = await client.executions.tryStart({ agentId, input: { n: 1 } }, key);
    expect(again).toMatchObject({ status: 202, body: { id: first.body.id } });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('location')).toBe(`/api/v1/executions/${first.body.id}`);

    const other = await client.executions.tryStart({ agentId, input: { n: 2 } }, key);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency.other_request' } });
  });

  it('streams the first run again when a stream is asked for under a used key', async () => {
    const agentId = await client.agents.publishNew(oneCall(`${world.url}/stream`));
    const headers = {
      'idempotency-key': randomUUID(),
      accept: 'text/event-stream',
      'content-type': 'application/json',
    };
    const body = JSON.stringify({ agentId, input: {} });
    const [first, second] = [
      await client.http.fetch('POST', '/api/v1/executions', body, headers),
      await client.http.fetch('POST', '/api/v1/executions', body, headers),
    ];
    expect(first.text).toContain('event: execution-end');
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(second.text).toBe(first.text);
    expect(world.callsTo('/stream')).toHaveLength(1);
  });

  it('remembers a key over kill -9 and restart', async () => {
    const agentId = await client.agents.publishNew(oneCall(`${world.url}/restart`));
    const key = { 'idempotency-key': randomUUID() };
    const first = await client.executions.tryStart({ agentId }, key);
    await agentflow.kill9();
    await agentflow.restart();

    const again = await client.executions.tryStart({ agentId }, key);
    expect(again).toMatchObject({ status: 202, body: { id: first.body.id } });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await client.executions.ended(first.body.id)).toMatchObject({ status: 'succeeded' });
  });

  it('keeps the keys of two organisations apart', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const runs = await Promise.all(
      ['Ours', 'Theirs'].map(async (name) => {
        const { owner } = await newOrg(agentflow.url, name);
        const agentId = await owner.agents.publishNew(oneCall(`${world.url}/orgs`));
        return owner.executions.start({ agentId }, key);
      }),
    );
    expect(new Set(runs.map(({ id }) => id)).size).toBe(2);
  });

  it('creates one agent under one key', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const name = `Once ${randomUUID()}`;
    const first = await client.http.send<{ id: string }>('POST', '/agents', { name }, key);
    const again = await client.http.send<{ id: string }>('POST', '/agents', { name }, key);
    expect(first.status).toBe(201);
    expect(again).toMatchObject({ status: 201, body: { id: first.body.id } });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const other = await client.http.send('POST', '/agents', { name: `${name}!` }, key);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency.other_request' } });
  });

  it('refuses a key that cannot be one', async () => {
    const answer = await client.http.send('POST', '/agents', { name: 'Any' }, { 'idempotency-key': 'k'.repeat(256) });
    expect(answer).toMatchObject({ status: 400, body: { code: 'idempotency.key' } });
  });
});
