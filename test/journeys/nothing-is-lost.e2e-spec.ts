import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../support/clients/api.client.js';
import type { ExecutionEvent } from '../support/clients/executions.client.js';
import { FakeOutsideWorld } from '../support/fake-outside-world.js';
import { tenSlowSteps, tenSteps } from '../support/graphs/ten-slow-steps.js';
import { expectGapless, expectWholeRun } from '../support/invariants.js';
import { onlyIn } from '../support/setup.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';

const ROUNDS = 3;
const RUNS_PER_ROUND = 3;
const STEP_MS = 150;

/** What a crash left behind is taken up within this time, however it happened. */
const BACK_WITHIN_MS = 30_000;

/** Real: every process and store, and the crash. Fake: the service that the slow steps call; it remembers every call. */
describe('a process that is killed loses nothing (F-01, F-03, F-05)', () => {
  let agentflow: AgentFlow;
  let world: FakeOutsideWorld;
  let client: ApiClient;

  beforeAll(async () => {
    [agentflow, world] = await Promise.all([startAgentFlow(), FakeOutsideWorld.start({ delayMs: STEP_MS })]);
    client = agentflow.client;
  });

  afterAll(async () => {
    await world?.stop();
    await agentflow?.stop();
  });

  it.each(Array.from({ length: ROUNDS }, (_none, index) => index + 1))(
    'goes on with ten slow steps after a kill -9 at a random moment, and repeats no finished one (round %i)',
    async (round) => {
      const names = Array.from({ length: RUNS_PER_ROUND }, (_none, index) => `round-${round}-${index}`);
      const runs = await Promise.all(names.map(async (name) => ({ name, agentId: await newSlowAgent(name) })));
      const started = await Promise.all(
        runs.map(async ({ name, agentId }) => ({ name, id: (await client.executions.start({ agentId })).id })),
      );
      const step = randomInt(1, 10);
      await world.reached(`/${names[0]}/s${step}`);
      await sleep(randomInt(0, STEP_MS));

      await agentflow.kill9(agentflow.workingRole);
      await agentflow.restart();

      for (const { name, id } of started) {
        const execution = await client.executions.ended(id);
        expect({ name, step, status: execution.status, output: execution.output }).toEqual({
          name,
          step,
          status: 'succeeded',
          output: { last: 200 },
        });
        const { events } = await expectWholeRun(client, id);
        expectNothingFinishedRanAgain(name, events);
      }
    },
  );

  it('runs what was accepted with 202 just before everything was killed (F-04)', async () => {
    const accepted = await acceptAndKill('accepted');
    await agentflow.restart();
    await expectAllSucceed(accepted);
  });

  onlyIn('cluster')('runs what was accepted although Redis lost everything at that moment, too (I-01)', async () => {
    const accepted = await acceptAndKill('redis-lost');
    await agentflow.redis?.empty();
    await agentflow.restart();
    await expectAllSucceed(accepted);
  });

  it('lets a client go on after the last event that it saw when its stream died with the process', async () => {
    const agentId = await newSlowAgent('stream');
    const heard: ExecutionEvent[] = [];
    const breakAt = randomInt(5, 15);
    const stream = client.executions.stream({ agentId });
    await expect(
      (async () => {
        for await (const event of stream) {
          heard.push(event);
          if (heard.length === breakAt) await agentflow.kill9('api');
        }
      })(),
    ).rejects.toThrow();
    const id = heard[0]?.executionId ?? '';
    const seen = heard.length;

    await agentflow.restart();
    for await (const event of client.executions.follow(id, seen)) heard.push(event);

    expectGapless(heard);
    const { execution, events } = await expectWholeRun(client, id);
    expect(execution).toMatchObject({ status: 'succeeded', attempt: 2 });
    expect(events).toEqual(heard);
    expectNothingFinishedRanAgain('stream', events);
  });

  onlyIn('cluster')('hands a killed worker’s run to another worker while the API stays up', async () => {
    const agentId = await newSlowAgent('hand-over');
    const release = world.hold('/hand-over/s5');
    const { id } = await client.executions.start({ agentId });
    await world.reached('/hand-over/s5');
    await agentflow.startSecondWorker();
    await agentflow.kill9('worker');
    await world.reached('/hand-over/s5', 2);
    release();

    expect(await client.executions.ended(id)).toMatchObject({ status: 'succeeded', attempt: 2 });
    const { events } = await expectWholeRun(client, id);
    expectNothingFinishedRanAgain('hand-over', events);
    await agentflow.restart();
  });

  onlyIn('cluster')(
    'finishes an interactive run in the worker when its API was killed and does not come back',
    async () => {
      const agentId = await newSlowAgent('api-gone');
      const stream = client.executions.stream({ agentId });
      const { value: first } = await stream.next();
      await world.reached('/api-gone/s4');
      await agentflow.kill9('api');
      await expect(drain(stream)).rejects.toThrow();
      await world.reached('/api-gone/s10');
      await agentflow.restart();

      const id = (first as ExecutionEvent).executionId;
      expect(await client.executions.ended(id)).toMatchObject({ status: 'succeeded', attempt: 2 });
      const { events } = await expectWholeRun(client, id);
      expectNothingFinishedRanAgain('api-gone', events);
    },
  );

  /** Five runs, and everything killed as soon as they are accepted. @returns their ids */
  async function acceptAndKill(name: string): Promise<string[]> {
    const agentId = await newSlowAgent(name);
    const answers = await Promise.all(Array.from({ length: 5 }, () => client.executions.tryStart({ agentId })));
    await agentflow.kill9();
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    return answers.map(({ body }) => body.id);
  }

  async function expectAllSucceed(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      expect(await client.executions.ended(id, BACK_WITHIN_MS)).toMatchObject({ status: 'succeeded' });
      await expectWholeRun(client, id);
    }
  }

  function newSlowAgent(name: string): Promise<string> {
    return client.agents.publishNew(tenSlowSteps(`${world.url}/${name}`), name);
  }

  /**
   * Steps whose end was in the log before another attempt took over were called once; only what was under way may have
   * been called again, and then under the same key.
   */
  function expectNothingFinishedRanAgain(name: string, events: readonly ExecutionEvent[]): void {
    const resumedAt = events.find(({ type }) => type === 'execution-resume')?.seq ?? Infinity;
    const finishedBefore = events
      .filter(({ type, seq }) => type === 'step-end' && seq < resumedAt)
      .map(({ stepId }) => stepId);
    const calls = tenSteps.map((step) => ({ step, calls: world.callsTo(`/${name}/${step}`) }));
    for (const { step, calls: made } of calls) {
      const most = finishedBefore.includes(step) ? 1 : 2;
      expect({ name, step, enough: made.length >= 1, tooMany: made.length > most }).toEqual({
        name,
        step,
        enough: true,
        tooMany: false,
      });
      expect(new Set(made.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    }
    expect(calls.filter(({ calls: made }) => made.length > 1).length).toBeLessThanOrEqual(1);
  }
});

async function drain(items: AsyncIterable<unknown>): Promise<void> {
  for await (const item of items) void item;
}
