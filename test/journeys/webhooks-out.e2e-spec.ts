import { Webhook } from 'standardwebhooks';
import { eventually } from '../browser/support/eventually.js';
import type { ApiClient } from '../support/clients/api.client.js';
import { FakeOutsideWorld, type OutsideCall } from '../support/fake-outside-world.js';
import { approval } from '../support/graphs/approval.js';
import { greeting } from '../support/graphs/greeting.js';
import { onlyIn } from '../support/setup.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';

interface Endpoint {
  readonly id: string;
  readonly secret: string;
  readonly enabled: boolean;
  readonly disabledReason: string | null;
}

interface Delivery {
  readonly id: string;
  readonly type: string;
  readonly executionId: string | null;
  readonly state: 'armed' | 'delivered' | 'given_up';
  readonly attempts: number;
}

interface DeliveryDetail extends Delivery {
  readonly body: string | null;
  readonly log: readonly { readonly status: number | null; readonly answer: string | null }[];
}

/** Real: server processes, stores, the way out. The receiver is a server of this test. */
describe('telling other systems what happens', () => {
  let agentflow: AgentFlow;
  let world: FakeOutsideWorld;
  let client: ApiClient;
  let agentId: string;

  beforeAll(async () => {
    world = await FakeOutsideWorld.start();
    agentflow = await startAgentFlow();
    client = agentflow.client;
    agentId = await client.agents.publishNew(greeting());
  });

  afterAll(async () => {
    await agentflow?.stop();
    await world?.stop();
  });

  const makeEndpoint = (path: string, ...events: string[]): Promise<Endpoint> =>
    client.http.ask('POST', '/webhook-endpoints', { name: path, url: `${world.url}${path}`, events });

  const deliveries = async ({ id }: Endpoint, query = ''): Promise<readonly Delivery[]> =>
    (await client.http.ask<{ data: Delivery[] }>('GET', `/webhook-endpoints/${id}/deliveries${query}`)).data;

  const detail = ({ id }: Endpoint, { id: delivery }: Delivery): Promise<DeliveryDetail> =>
    client.http.ask('GET', `/webhook-endpoints/${id}/deliveries/${delivery}`);

  const verified = (secret: string, call: OutsideCall | undefined): unknown =>
    new Webhook(secret).verify(call?.body ?? '', call?.headers as Record<string, string>);

  /** Waits for the only delivery of an endpoint to come to this. */
  const becomes = async (endpoint: Endpoint, state: Delivery['state'], attempts: number): Promise<DeliveryDetail> => {
    await eventually(async () => expect(await deliveries(endpoint)).toMatchObject([{ state, attempts }]), 60_000);
    return detail(endpoint, (await deliveries(endpoint))[0] as Delivery);
  };

  it('says which events there are, and takes no others', async () => {
    const { data } = await client.http.ask<{ data: { type: string; description: string }[] }>(
      'GET',
      '/webhook-endpoints/event-types',
    );
    expect(data.map(({ type }) => type)).toContain('execution.succeeded');
    for (const wrong of [
      { events: ['execution.dreamt'] },
      { events: [] },
      { url: 'ftp://example.org' },
      { url: 'https://ada:secret@example.org' },
      { name: '' },
    ]) {
      const body = { name: 'Wrong', url: 'https://example.org', events: ['execution.failed'], ...wrong };
      const answer = await client.http.send('POST', '/webhook-endpoints', body);
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ errors: [{ pointer: `/${Object.keys(wrong)[0] ?? ''}` }] });
    }
  });

  it('brings the end of a run once, signed with the secret that was said once', async () => {
    const endpoint = await makeEndpoint('/ends', 'execution.succeeded');
    const { id } = await client.executions.run({ agentId, input: { name: 'Ada' } });
    await world.reached('/ends');
    const delivery = await becomes(endpoint, 'delivered', 1);
    const [call] = world.callsTo('/ends');
    expect(verified(endpoint.secret, call)).toMatchObject({
      type: 'execution.succeeded',
      data: { id, agentId, status: 'succeeded', output: expect.anything() },
    });
    expect(delivery).toMatchObject({ id: call?.headers['webhook-id'], executionId: id, body: call?.body });
    expect(await client.http.ask('GET', `/webhook-endpoints/${endpoint.id}`)).not.toHaveProperty('secret');
    await client.http.ask('DELETE', `/webhook-endpoints/${endpoint.id}`);
    await client.executions.run({ agentId, input: { name: 'Ada' } });
    expect(world.callsTo('/ends')).toHaveLength(1);
  });

  it('is tried again by itself while the receiver is down, and sent once more when somebody asks', async () => {
    world.behave('/shaky', { status: 503, body: { sorry: 'later' } });
    const endpoint = await makeEndpoint('/shaky', 'execution.succeeded');
    await client.executions.run({ agentId, input: { name: 'Ada' } });
    await becomes(endpoint, 'armed', 1);
    world.behave('/shaky', { status: 200 });
    const delivery = await becomes(endpoint, 'delivered', 2);
    expect(delivery.log.map(({ status }) => status)).toEqual([503, 200]);
    expect(delivery.log[0]?.answer).toContain('later');
    await client.http.ask('POST', `/webhook-endpoints/${endpoint.id}/deliveries/${delivery.id}/redeliver`);
    await becomes(endpoint, 'delivered', 3);
    const calls = world.callsTo('/shaky');
    expect(new Set(calls.map(({ headers, body }) => `${String(headers['webhook-id'])} ${body}`)).size).toBe(1);
    await client.http.ask('DELETE', `/webhook-endpoints/${endpoint.id}`);
  });

  it('ends when the receiver wants no more, and catches up when it is switched on again', async () => {
    world.behave('/gone', { status: 410 });
    const endpoint = await makeEndpoint('/gone', 'execution.succeeded');
    await client.executions.run({ agentId, input: { name: 'Ada' } });
    await becomes(endpoint, 'given_up', 1);
    await eventually(async () =>
      expect(await client.http.ask('GET', `/webhook-endpoints/${endpoint.id}`)).toMatchObject({
        enabled: false,
        disabledReason: 'gone',
      }),
    );
    await client.executions.run({ agentId, input: { name: 'Ada' } });
    world.behave('/gone', { status: 200 });
    await client.http.ask('PATCH', `/webhook-endpoints/${endpoint.id}`, { enabled: true });
    const since = new Date(Date.now() - 600_000).toISOString();
    const again = await client.http.ask('POST', `/webhook-endpoints/${endpoint.id}/redeliver-failed`, { since });
    expect(again).toEqual({ count: 1, hasMore: false });
    await becomes(endpoint, 'delivered', 2);
    expect(await deliveries(endpoint, '?state=given_up')).toEqual([]);
    await client.http.ask('DELETE', `/webhook-endpoints/${endpoint.id}`);
  });

  it('brings what a person is asked for', async () => {
    const endpoint = await makeEndpoint('/asked', 'execution.waiting');
    const asking = await client.agents.publishNew(approval('Refund?'));
    const { id } = await client.executions.start({ agentId: asking });
    await world.reached('/asked');
    expect(verified(endpoint.secret, world.callsTo('/asked')[0])).toMatchObject({
      type: 'execution.waiting',
      data: { id, wait: { kind: 'approval', title: 'Refund?' } },
    });
    await client.http.ask('DELETE', `/webhook-endpoints/${endpoint.id}`);
  });

  it('brings a version that was published', async () => {
    const endpoint = await makeEndpoint('/published', 'agent.published');
    const id = await client.agents.publishNew(greeting('Good day'), 'Greeter');
    await world.reached('/published');
    expect(verified(endpoint.secret, world.callsTo('/published')[0])).toMatchObject({
      type: 'agent.published',
      data: { id, name: 'Greeter', version: 1 },
    });
    await client.http.ask('DELETE', `/webhook-endpoints/${endpoint.id}`);
  });

  it('can be tried, and refuses a private address when it is called', async () => {
    const endpoint = await makeEndpoint('/tried', 'execution.failed');
    const trial = await client.http.ask('POST', `/webhook-endpoints/${endpoint.id}/test`);
    expect(trial).toMatchObject({ delivered: true, status: 200, answer: '{"ok":true}' });
    expect(verified(endpoint.secret, world.callsTo('/tried')[0])).toMatchObject({ type: 'endpoint.test' });
    await client.http.ask('PATCH', `/webhook-endpoints/${endpoint.id}`, { url: 'http://169.254.169.254/latest' });
    expect(await client.http.ask('POST', `/webhook-endpoints/${endpoint.id}/test`)).toMatchObject({
      delivered: false,
      status: null,
      error: expect.any(String),
    });
    await client.http.ask('DELETE', `/webhook-endpoints/${endpoint.id}`);
  });

  it('is for owners and admins: an API key needs the scope', async () => {
    const { key } = await client.org.createApiKey(['executions:read'], 'Reader');
    expect((await client.as(key).http.send('GET', '/webhook-endpoints')).status).toBe(403);
    const reader = await client.org.createApiKey(['webhooks:read'], 'Webhook reader');
    expect((await client.as(reader.key).http.send('GET', '/webhook-endpoints')).status).toBe(200);
  });

  // Takes as long as another process waits before it believes that the first one is dead.
  onlyIn('embedded', 'cluster')(
    'comes after all when every process was killed while it was under way',
    async () => {
      const endpoint = await makeEndpoint('/held', 'execution.succeeded');
      const release = world.hold('/held');
      await client.executions.run({ agentId, input: { name: 'Ada' } });
      await world.reached('/held');
      await agentflow.kill9();
      release();
      await agentflow.restart();
      const delivery = await becomes(endpoint, 'delivered', 2);
      expect(delivery.log.map(({ status }) => status)).toEqual([null, 200]);
      const ids = world.callsTo('/held').map(({ headers }) => headers['webhook-id']);
      expect(ids).toEqual([delivery.id, delivery.id]);
    },
    120_000,
  );
});
