import type { ApiClient } from '../support/clients/api.client.js';
import type { ExecutionEvent } from '../support/clients/executions.client.js';
import { FakeOutsideWorld } from '../support/fake-outside-world.js';
import { oneCall } from '../support/graphs/one-call.js';
import { tenSlowSteps } from '../support/graphs/ten-slow-steps.js';
import { expectGapless, expectWholeRun } from '../support/invariants.js';
import { logLines } from '../support/processes/log-check.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';

/** So long that a run which waited for its lease to end would fail these tests. */
const LEASE_MS = 120_000;
const DRAIN_MS = 3_000;

/** Real: every process and store. Fake: the service that the steps call; it holds answers back. */
describe('shutting down on SIGTERM', () => {
  let agentflow: AgentFlow;
  let world: FakeOutsideWorld;
  let client: ApiClient;

  beforeAll(async () => {
    const settings = { LEASE_MS: String(LEASE_MS), DRAIN_MS: String(DRAIN_MS) };
    [agentflow, world] = await Promise.all([startAgentFlow({ settings }), FakeOutsideWorld.start()]);
    client = agentflow.client;
  });

  afterAll(async () => {
    await world?.stop();
    await agentflow?.stop();
  });

  it('finishes what ends within the drain limit and hands the rest over at once, not after the lease', async () => {
    const short = await client.agents.publishNew(oneCall(`${world.url}/short`), 'Short');
    const long = await client.agents.publishNew(tenSlowSteps(`${world.url}/long`), 'Long');
    const releaseShort = world.hold('/short');
    const releaseLong = world.hold('/long/s5');
    const shortRun = await client.executions.start({ agentId: short });
    const longRun = await client.executions.start({ agentId: long });
    await Promise.all([world.reached('/short'), world.reached('/long/s5')]);

    const gone = agentflow.terminate(agentflow.workingRole);
    releaseShort();
    await gone;
    releaseLong();
    await agentflow.restart();

    expect(await client.executions.ended(shortRun.id)).toMatchObject({ status: 'succeeded', attempt: 1 });
    expect(await client.executions.ended(longRun.id, LEASE_MS / 4)).toMatchObject({ status: 'succeeded', attempt: 2 });
    await expectWholeRun(client, shortRun.id);
    await expectWholeRun(client, longRun.id);
    expect(world.callsTo('/long/s4')).toHaveLength(1);
    expect(world.callsTo('/long/s5')).toHaveLength(2);
    // The log says which run of which organisation it was.
    const { id: orgId } = await client.org.get();
    expect(logLines(agentflow.logs())).toContainEqual(expect.objectContaining({ executionId: longRun.id, orgId }));
  });

  it('ends with code 0 although streams and sockets are open, and their clients go on afterwards', async () => {
    const agentId = await client.agents.publishNew(tenSlowSteps(`${world.url}/open`), 'Open');
    const release = world.hold('/open/s3');
    const heard: ExecutionEvent[] = [];
    const reading = (async () => {
      for await (const event of client.executions.stream({ agentId })) heard.push(event);
    })();
    await world.reached('/open/s3');
    const socket = await client.connect();
    expect(await socket.subscribe(heard[0]?.executionId ?? '')).toMatchObject({ ok: true });

    await agentflow.terminate('api');
    await reading.catch(() => undefined);
    expect(socket.connected).toBe(false);
    release();
    await agentflow.restart();

    const id = heard[0]?.executionId ?? '';
    for await (const event of client.executions.follow(id, heard.length)) heard.push(event);
    expectGapless(heard);
    const { execution } = await expectWholeRun(client, id);
    expect(execution.status).toBe('succeeded');
  });
});
