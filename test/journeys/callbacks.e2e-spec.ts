import { Webhook } from 'standardwebhooks';
import { eventually } from '../browser/support/eventually.js';
import type { ApiClient } from '../support/clients/api.client.js';
import { FakeOutsideWorld } from '../support/fake-outside-world.js';
import { greeting } from '../support/graphs/greeting.js';
import { onlyIn } from '../support/setup.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';

interface Callback {
  readonly id: string;
  readonly state: 'armed' | 'delivered' | 'given_up';
  readonly nextAt: string | null;
  readonly attempts: readonly { readonly number: number; readonly status: number | null }[];
}

interface SigningSecret {
  readonly secret: string;
  readonly previousSignsUntil: string | null;
}

/** Real: server processes, stores, the way out. The receiver is a server of this test. */
describe('being called back when a run ends', () => {
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

  const callbackOf = (id: string): Promise<Callback> => client.http.ask('GET', `/executions/${id}/callback`);

  const start = async (path: string): Promise<string> => {
    const callbackUrl = `${world.url}${path}`;
    const { id } = await client.executions.start({ agentId, input: { name: 'Ada' }, callbackUrl });
    return id;
  };

  /** @param statuses what each attempt was answered */
  const becomes = (id: string, state: Callback['state'], statuses: number[]): Promise<void> =>
    eventually(async () => {
      const callback = await callbackOf(id);
      expect({ state: callback.state, statuses: callback.attempts.map(({ status }) => status) }).toEqual({
        state,
        statuses,
      });
    });

  it('brings the result once, signed with the secret of the organisation', async () => {
    const id = await start('/done');
    await world.reached('/done');
    await becomes(id, 'delivered', [200]);
    const [call] = world.callsTo('/done');
    const { secret } = await client.http.ask<SigningSecret>('GET', '/org/signing-secret');
    const verified = new Webhook(secret).verify(call?.body ?? '', call?.headers as Record<string, string>);
    expect(verified).toMatchObject({ type: 'execution.finished', data: { id, agentId, status: 'succeeded' } });
    expect(call?.method).toBe('POST');
    expect(world.callsTo('/done')).toHaveLength(1);
  });

  it('is tried again by itself, and once more when somebody asks', async () => {
    world.behave('/shaky', { status: 503 });
    const id = await start('/shaky');
    await becomes(id, 'armed', [503]);
    world.behave('/shaky', { status: 200 });
    await becomes(id, 'delivered', [503, 200]);
    await client.http.ask('POST', `/executions/${id}/callback/redeliver`);
    await becomes(id, 'delivered', [503, 200, 200]);
    const ids = world.callsTo('/shaky').map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([(await callbackOf(id)).id, ids[0], ids[0]]);
  });

  // Takes as long as another process waits before it believes that the first one is dead.
  onlyIn('embedded')(
    'comes after all when every process was killed while it was under way',
    async () => {
      const release = world.hold('/held');
      const id = await start('/held');
      await world.reached('/held');
      await agentflow.kill9();
      release();
      await agentflow.restart();
      expect((await callbackOf(id)).attempts).toHaveLength(1);
      const tooSoon = await client.http.send('POST', `/executions/${id}/callback/redeliver`);
      expect(tooSoon).toMatchObject({ status: 409, body: { code: 'callback.under_way' } });
      await eventually(async () => expect((await callbackOf(id)).state).toBe('delivered'), 60_000);
      expect((await callbackOf(id)).attempts.map(({ status }) => status)).toEqual([null, 200]);
    },
    120_000,
  );

  it('signs with the old secret as well after a new one was made', async () => {
    const before = await client.http.ask<SigningSecret>('GET', '/org/signing-secret');
    const after = await client.http.ask<SigningSecret>('POST', '/org/signing-secret/rotate');
    expect(after.previousSignsUntil).not.toBeNull();
    await start('/rotated');
    await world.reached('/rotated');
    const [call] = world.callsTo('/rotated');
    for (const { secret } of [before, after]) {
      new Webhook(secret).verify(call?.body ?? '', call?.headers as Record<string, string>);
    }
  });

  it('says which address it does not take, and has nothing to say of a run without one', async () => {
    for (const callbackUrl of ['ftp://example.org/', 'done', `https://example.org/${'a'.repeat(2_048)}`]) {
      const answer = await client.http.send('POST', '/executions', { agentId, input: {}, callbackUrl });
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ errors: [{ pointer: '/callbackUrl' }] });
    }
    const { id } = await client.executions.start({ agentId, input: { name: 'Ada' } });
    expect((await client.http.send('GET', `/executions/${id}/callback`)).status).toBe(404);
  });
});
