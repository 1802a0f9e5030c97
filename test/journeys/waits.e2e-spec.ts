import type { ApiClient } from '../support/clients/api.client.js';
import type { Execution, ExecutionEvent } from '../support/clients/executions.client.js';
import { FakeOutsideWorld } from '../support/fake-outside-world.js';
import { approval } from '../support/graphs/approval.js';
import { chain } from '../support/graphs/chain.js';
import { expectGapless, expectWholeRun } from '../support/invariants.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';

/** Real: every process and store, and the crash. Fake: the service that the steps call; it remembers every call. */
describe('a run that waits holds no worker and forgets nothing', () => {
  let agentflow: AgentFlow;
  let world: FakeOutsideWorld;
  let client: ApiClient;

  beforeAll(async () => {
    [agentflow, world] = await Promise.all([startAgentFlow(), FakeOutsideWorld.start()]);
    client = agentflow.client;
  });

  afterAll(async () => {
    await world?.stop();
    await agentflow?.stop();
  });

  it('asks a person, survives a kill -9 of everything meanwhile, and is decided once', async () => {
    const agentId = await client.agents.publishNew(approval('Refund {{ input.amount }}?'));
    const { id } = await client.executions.start({ agentId, input: { amount: 20 } });
    await client.executions.waiting(id);
    await agentflow.kill9();
    await agentflow.restart();

    const [wait] = (await client.executions.inbox()).filter(({ executionId }) => executionId === id);
    expect(wait).toMatchObject({ kind: 'approval', title: 'Refund 20?', payload: { amount: 20 }, state: 'open' });
    expect(await client.executions.why(id)).toMatchObject({
      status: 'waiting',
      summary: 'It waits for somebody to decide: “Refund 20?”.',
      blockers: [{ kind: 'approval', actions: ['decide', 'cancel'] }],
    });
    if (!wait) return;
    const answers = await Promise.all(
      ['approved', 'rejected', 'approved'].map((decision) => client.executions.decideAbout(wait, decision)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const taken = answers.find(({ status }) => status === 200)?.body.answer?.decision;
    const execution = await client.executions.ended(id);
    expect(execution).toMatchObject({ status: 'succeeded', attempt: 2, output: { decision: taken } });
    const { events } = await expectWholeRun(client, id);
    expect(events.filter(({ type }) => type === 'wait-start')).toHaveLength(1);
    expect(events.filter(({ type }) => type === 'wait-end')).toHaveLength(1);
    expect(await client.executions.waits(id)).toMatchObject([{ state: 'answered', answer: { decision: taken } }]);
  });

  it('answers a caller that waits for the result as soon as it is clear that a person is asked', async () => {
    const agentId = await client.agents.publishNew(approval());
    const answer = await client.executions.tryStart({ agentId, mode: 'wait', waitSeconds: 60 });
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ status: 'waiting', waitingFor: 'Go on?', waits: [{ kind: 'approval' }] });
    await client.executions.tryDecide(answer.body.id, 'approved');
    expect(await client.executions.ended(answer.body.id)).toMatchObject({ status: 'succeeded' });
  });

  it('keeps an open stream open over the wait, and goes on in it', async () => {
    const agentId = await client.agents.publishNew(approval());
    const heard: ExecutionEvent[] = [];
    for await (const event of client.executions.stream({ agentId })) {
      heard.push(event);
      if (event.type === 'wait-start') {
        await client.executions.waiting(event.executionId);
        await client.executions.tryDecide(event.executionId, 'approved');
      }
    }
    expectGapless(heard);
    expect(heard.map(({ type }) => type)).toEqual(expect.arrayContaining(['execution-resume', 'wait-end']));
    expect(heard.at(-1)).toMatchObject({ type: 'execution-end', data: { status: 'succeeded' } });
  });

  it('sleeps until its time, also when no process was there to see it come', async () => {
    const agentId = await client.agents.publishNew(chain([{ id: 'nap', kind: 'delay', config: { ms: 1_500 } }], '1'));
    const { id } = await client.executions.start({ agentId });
    await client.executions.waiting(id);
    await agentflow.kill9();
    await agentflow.restart();
    expect(await client.executions.ended(id)).toMatchObject({ status: 'succeeded', attempt: 2 });
    await expectWholeRun(client, id);
  });

  it('resumes within a moment of its time', async () => {
    const agentId = await client.agents.publishNew(chain([{ id: 'nap', kind: 'delay', config: { ms: 500 } }], '1'));
    const { id } = await client.executions.start({ agentId });
    const { events } = await client.executions.ended(id).then(() => expectWholeRun(client, id));
    const at = (type: string): number => Date.parse(events.find((event) => event.type === type)?.at ?? '');
    expect(at('wait-end') - at('wait-start')).toBeGreaterThanOrEqual(490);
    expect(at('wait-end') - at('wait-start')).toBeLessThan(2_000);
  });

  it('goes on with the event that it waits for, and with no other', async () => {
    const wait = { event: 'order.paid', correlation: '{{ input.order }}' };
    const agentId = await client.agents.publishNew(
      chain([{ id: 'paid', kind: 'wait-for-event', config: wait }], 'steps.paid'),
    );
    const [mine, other] = await Promise.all(
      ['4711', '4712'].map((order) => client.executions.start({ agentId, input: { order } })),
    );
    const [id, otherId] = [mine?.id ?? '', other?.id ?? ''];
    await Promise.all([client.executions.waiting(id), client.executions.waiting(otherId)]);
    expect(await client.executions.sendEvent({ name: 'order.paid' })).toBe(0);
    expect(await client.executions.sendEvent({ name: 'order.paid', correlation: '4711', data: { cents: 5 } })).toBe(1);
    expect(await client.executions.ended(id)).toMatchObject({ status: 'succeeded', output: { cents: 5 } });
    expect((await client.executions.get(otherId)).status).toBe('waiting');
    expect((await client.executions.cancel(otherId)).status).toBe(202);
    expect(await client.executions.ended(otherId)).toMatchObject({ status: 'cancelled' });
  });

  it('runs agents below agents, and stops them all when it is cancelled', async () => {
    const lowest = await client.agents.publishNew(approval('Deep?'));
    const middle = await client.agents.publishNew(calls(lowest));
    const agentId = await client.agents.publishNew(calls(middle));
    const [first, second] = await Promise.all([0, 1].map(() => client.executions.start({ agentId })));

    const asked = await lowestOf(first?.id ?? '');
    expect(asked).toMatchObject({ depth: 2, waitingFor: 'Deep?' });
    await client.executions.tryDecide(asked.id, 'approved');
    expect(await client.executions.ended(first?.id ?? '')).toMatchObject({
      status: 'succeeded',
      output: { decision: 'approved' },
    });

    const deep = await lowestOf(second?.id ?? '');
    await client.executions.cancel(second?.id ?? '');
    for (const id of [second?.id ?? '', deep.parentId ?? '', deep.id]) {
      expect(await client.executions.ended(id, 10_000)).toMatchObject({ status: 'cancelled' });
    }
  });

  describe('whose process dies between an act and its record', () => {
    it.each(['happened', 'not_happened'] as const)('asks a person, who says that it has %s', async (decision) => {
      const path = `/pay-${decision}`;
      const body = '{"amount": 20}';
      const agentId = await client.agents.publishNew(
        chain([{ id: 'pay', kind: 'http', config: { method: 'POST', url: `${world.url}${path}`, body } }], '"paid"'),
      );
      const release = world.hold(path);
      const { id } = await client.executions.start({ agentId });
      await world.reached(path);
      await agentflow.kill9(agentflow.workingRole);
      release();
      await agentflow.restart();

      const { waits } = await client.executions.waiting(id, 40_000);
      expect(waits).toMatchObject([{ kind: 'effect', path: 'pay', decisions: ['happened', 'not_happened'] }]);
      expect(world.callsTo(path)).toHaveLength(1);
      expect((await client.executions.tryDecide(id, decision)).status).toBe(200);
      expect(await client.executions.ended(id)).toMatchObject({ status: 'succeeded', output: 'paid' });
      expect(world.callsTo(path)).toHaveLength(decision === 'happened' ? 1 : 2);
      await expectWholeRun(client, id);
    });
  });

  /** The run two levels below, once it asks. */
  async function lowestOf(id: string): Promise<Execution> {
    const child = (await client.executions.waiting(id)).waits[0]?.runId ?? '';
    const grandchild = (await waitingOnceThere(child)).waits[0]?.runId ?? '';
    return waitingOnceThere(grandchild);
  }

  /** A child is accepted a moment after its parent waits for it. */
  async function waitingOnceThere(id: string): Promise<Execution> {
    for (let each = 0; each < 100 && (await client.http.send('GET', `/executions/${id}`)).status === 404; each += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return client.executions.waiting(id);
  }
});

function calls(agentId: string): ReturnType<typeof chain> {
  return chain([{ id: 'other', kind: 'sub-agent', config: { agentId, input: 'input' } }], 'steps.other');
}
