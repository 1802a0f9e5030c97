import type { ApiClient } from '../support/clients/api.client.js';
import { FakeOutsideWorld } from '../support/fake-outside-world.js';
import { oneCall } from '../support/graphs/one-call.js';
import { tenSlowSteps } from '../support/graphs/ten-slow-steps.js';
import { expectWholeRun } from '../support/invariants.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';

const CANCEL_WITHIN_MS = 5_000;

/** Real: every process and store. Fake: the service that the steps call; it holds answers back and fails on demand. */
describe('cancelling and retrying (F-23)', () => {
  let agentflow: AgentFlow;
  let world: FakeOutsideWorld;
  let client: ApiClient;

  beforeAll(async () => {
    // One run at a time, so that a second one has to wait in the queue.
    const settings = { WORKER_CONCURRENCY: '1' };
    [agentflow, world] = await Promise.all([startAgentFlow({ settings }), FakeOutsideWorld.start()]);
    client = agentflow.client;
  });

  afterAll(async () => {
    await world?.stop();
    await agentflow?.stop();
  });

  it.each(['background', 'interactive'] as const)(
    'ends a running %s run within five seconds and hangs up on the service that it was calling',
    async (mode) => {
      const agentId = await client.agents.publishNew(oneCall(`${world.url}/cancel-${mode}`));
      const release = world.hold(`/cancel-${mode}`);
      const waiting =
        mode === 'interactive' ? client.executions.run({ agentId }) : client.executions.start({ agentId });
      await world.reached(`/cancel-${mode}`);
      const [{ id } = { id: '' }] = (await client.executions.list(`?agentId=${agentId}`)).data;

      expect((await client.executions.cancel(id)).status).toBe(202);
      const execution = await client.executions.ended(id, CANCEL_WITHIN_MS);
      expect(execution).toMatchObject({ status: 'cancelled', output: null, error: { code: 'run.cancelled' } });
      expect(await waiting).toMatchObject({ id });
      await expectWholeRun(client, id);
      await expectHungUp(`/cancel-${mode}`);
      release();

      expect(await client.executions.cancel(id)).toMatchObject({
        status: 409,
        body: { code: 'execution.already_finished' },
      });
    },
  );

  it('ends a queued run at once, before it did anything', async () => {
    const busy = await client.agents.publishNew(oneCall(`${world.url}/busy`));
    const agentId = await client.agents.publishNew(oneCall(`${world.url}/never`));
    const release = world.hold('/busy');
    const ahead = await client.executions.start({ agentId: busy });
    await world.reached('/busy');
    const queued = await client.executions.start({ agentId });
    expect((await client.executions.get(queued.id)).status).toBe('queued');

    expect((await client.executions.cancel(queued.id)).status).toBe(202);
    expect(await client.executions.ended(queued.id, CANCEL_WITHIN_MS)).toMatchObject({ status: 'cancelled' });
    await expectWholeRun(client, queued.id);
    release();
    expect(await client.executions.ended(ahead.id)).toMatchObject({ status: 'succeeded' });
    expect(world.callsTo('/never')).toEqual([]);
  });

  it('frees the place of a cancelled run for the next one', async () => {
    const agentId = await client.agents.publishNew(oneCall(`${world.url}/slot`));
    const release = world.hold('/slot');
    const first = await client.executions.start({ agentId });
    await world.reached('/slot');
    const second = await client.executions.start({ agentId });
    await client.executions.cancel(first.id);
    await world.reached('/slot', 2);
    release();
    expect(await client.executions.ended(second.id)).toMatchObject({ status: 'succeeded' });
  });

  it('takes over finished steps when a failed run is retried', async () => {
    const agentId = await client.agents.publishNew(tenSlowSteps(`${world.url}/retry`));
    world.behave('/retry/s4', { status: 400, body: { reason: 'closed' } });
    const failed = await client.executions.run({ agentId });
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'http.status', stepId: 's4' } });
    await expectWholeRun(client, failed.id);

    world.behave('/retry/s4', { status: 200 });
    const retried = await client.executions.retry(failed.id);
    expect(retried).toMatchObject({ status: 202, body: { retryOf: failed.id, trigger: 'retry', version: 1 } });
    const run = await client.executions.ended(retried.body.id);
    expect(run).toMatchObject({ status: 'succeeded', output: { last: 200 } });
    await expectWholeRun(client, run.id);

    const counts = ['s1', 's2', 's3', 's4', 's5', 's10'].map((step) => world.callsTo(`/retry/${step}`).length);
    expect(counts).toEqual([1, 1, 1, 2, 1, 1]);
    expect((await client.executions.steps(run.id)).map(({ path }) => path)).toContain('s1');
    expect(await client.executions.get(failed.id)).toMatchObject({ status: 'failed' });
  });

  it('retries a cancelled run, and refuses to retry what succeeded or still runs', async () => {
    const agentId = await client.agents.publishNew(oneCall(`${world.url}/again`));
    const release = world.hold('/again');
    const first = await client.executions.start({ agentId });
    await world.reached('/again');
    expect(await client.executions.retry(first.id)).toMatchObject({
      status: 409,
      body: { code: 'execution.not_retryable' },
    });
    await client.executions.cancel(first.id);
    await client.executions.ended(first.id);
    release();

    const again = await client.executions.retry(first.id);
    expect(await client.executions.ended(again.body.id)).toMatchObject({ status: 'succeeded' });
    expect(await client.executions.retry(again.body.id)).toMatchObject({ status: 409 });
  });

  it('tries a failing call again as often as its node says, under one key', async () => {
    const graph = oneCall(`${world.url}/flaky`, { method: 'POST', idempotent: true });
    const agentId = await client.agents.publishNew({
      ...graph,
      nodes: graph.nodes.map((node) =>
        node.id === 'call' ? { ...node, retry: { maxAttempts: 3, backoffMs: 50 } } : node,
      ),
    });
    world.behave('/flaky', { status: 503 });
    const run = await client.executions.run({ agentId });
    expect(run).toMatchObject({ status: 'failed', error: { code: 'http.status' } });
    expect(world.callsTo('/flaky')).toHaveLength(3);
    expect(new Set(world.callsTo('/flaky').map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    const { events } = await expectWholeRun(client, run.id);
    expect(events.filter(({ type }) => type === 'step-retry')).toHaveLength(2);
  });

  async function expectHungUp(path: string): Promise<void> {
    const giveUpAt = Date.now() + CANCEL_WITHIN_MS;
    while (world.callsTo(path)[0]?.outcome === 'pending' && Date.now() < giveUpAt) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(world.callsTo(path).map(({ outcome }) => outcome)).toEqual(['hung-up']);
  }
});
