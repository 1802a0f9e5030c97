import type { ApiClient } from '../support/clients/api.client.js';
import type { ExecutionEvent } from '../support/clients/executions.client.js';
import { FakeOutsideWorld } from '../support/fake-outside-world.js';
import { greeting } from '../support/graphs/greeting.js';
import { someText, summary } from '../support/graphs/summary.js';
import { tenSlowSteps, tenSteps } from '../support/graphs/ten-slow-steps.js';
import { expectGapless, expectWholeRun } from '../support/invariants.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';

/** Real: every process and store. Fake: the service that the slow steps call. */
describe('running an agent', () => {
  let agentflow: AgentFlow;
  let world: FakeOutsideWorld;
  let client: ApiClient;
  let slowAgent: string;

  beforeAll(async () => {
    [agentflow, world] = await Promise.all([startAgentFlow(), FakeOutsideWorld.start()]);
    client = agentflow.client;
    for (const step of tenSteps) world.behave(`/${step}`, { delayMs: 100 });
    slowAgent = await client.agents.publishNew(tenSlowSteps(world.url), 'Ten slow steps');
  });

  afterAll(async () => {
    await world?.stop();
    await agentflow?.stop();
  });

  it('goes from an empty agent over its draft and version 1 to a result', async () => {
    const agent = await client.agents.create('Greeter');
    expect(agent).toMatchObject({ name: 'Greeter', publishedVersion: null });

    const draft = await client.agents.draw(agent.id, greeting());
    expect(draft.problems).toEqual([]);

    const version = await client.agents.publish(agent.id, 'First words');
    expect(version).toMatchObject({ number: 1, note: 'First words' });

    const run = await client.executions.run({ agentId: agent.id, input: { name: 'Ada' }, metadata: { ticket: 7 } });
    expect(run).toMatchObject({
      status: 'succeeded',
      agentName: 'Greeter',
      version: 1,
      output: { greeting: 'Hello, Ada' },
      input: { name: 'Ada' },
      metadata: { ticket: 7 },
      error: null,
      attempt: 1,
    });
    expect(await client.executions.get(run.id)).toEqual(run);
    await expectWholeRun(client, run.id);
  });

  it('answers 202 with a location for a background run and finishes it', async () => {
    const agentId = await client.agents.publishNew(greeting());
    const answer = await client.executions.tryStart({ agentId, input: { name: 'Grace' } });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe(`/api/v1/executions/${answer.body.id}`);

    const run = await client.executions.ended(answer.body.id);
    expect(run).toMatchObject({ status: 'succeeded', mode: 'background', output: { greeting: 'Hello, Grace' } });
    expect(run.queuedMs).toBeGreaterThanOrEqual(0);
    await expectWholeRun(client, run.id);
  });

  it('answers 202 when a run takes longer than the caller wants to wait', async () => {
    const answer = await client.executions.tryStart({
      agentId: slowAgent,
      mode: 'wait',
      waitSeconds: 1,
      input: { from: 'wait' },
    });
    if (answer.status === 200) expect(answer.body.status).toBe('succeeded');
    else expect(answer).toMatchObject({ status: 202, body: { status: 'running' } });
    expect(await client.executions.ended(answer.body.id)).toMatchObject({ status: 'succeeded' });
  });

  it('streams a run from its first event to its end over the answer to its start', async () => {
    const agentId = await client.agents.publishNew(summary());
    const events = await collect(client.executions.stream({ agentId, input: { text: someText } }));

    expectGapless(events);
    expect(events[0]).toMatchObject({ type: 'execution-start', data: { agentId, version: 1, attempt: 1 } });
    expect(events.some(({ type, stepId }) => type === 'step-start' && stepId === 'sum')).toBe(true);
    const spoken = events
      .filter(({ type }) => type === 'text-delta')
      .map(({ data }) => String(data.text))
      .join('');
    const end = events.at(-1);
    expect(end).toMatchObject({ type: 'execution-end', data: { status: 'succeeded', output: { text: spoken } } });
    expect(spoken.length).toBeGreaterThan(20);

    const { events: kept } = await expectWholeRun(client, end?.executionId ?? '');
    expect(kept).toEqual(events);
  });

  it('lists the steps with what went in and what came out', async () => {
    const { id } = await client.executions.run({ agentId: slowAgent, input: { from: 'steps' } });
    const steps = await client.executions.steps(id);

    expect(steps.map(({ path }) => path)).toEqual(['start', ...tenSteps, 'out']);
    expect(steps.find(({ path }) => path === 's3')).toMatchObject({
      nodeId: 's3',
      kind: 'http',
      status: 'succeeded',
      port: 'out',
      tries: 1,
      input: { method: 'POST', url: `${world.url}/s3` },
      output: { status: 200, body: { ok: true } },
      error: null,
    });
  });

  it('gives the events after a number, and waits for the next one when asked', async () => {
    const { id } = await client.executions.start({ agentId: slowAgent, input: { from: 'poll' } });
    const heard: ExecutionEvent[] = [];
    let finished = false;
    let pages = 0;
    while (!finished) {
      const page = await client.executions.events(id, heard.at(-1)?.seq ?? 0, 20);
      heard.push(...page.data);
      expect(page.lastSeq).toBe(heard.length);
      finished = page.finished;
      pages += 1;
    }
    expectGapless(heard);
    expect(pages).toBeGreaterThan(3);
    expect(heard.at(-1)?.type).toBe('execution-end');

    const later = await client.executions.events(id, 5);
    expect(later.data).toEqual(heard.slice(5));
    expect(await client.executions.events(id, heard.length, 20)).toMatchObject({ data: [], finished: true });
  });

  it('goes on after Last-Event-ID when a stream broke off', async () => {
    const { id } = await client.executions.start({ agentId: slowAgent, input: { from: 'sse' } });
    const heard: ExecutionEvent[] = [];
    // Breaks off after every fourth event and comes back with the last number that it saw.
    while (heard.at(-1)?.type !== 'execution-end') {
      const gone = new AbortController();
      for await (const event of client.executions.follow(id, heard.at(-1)?.seq ?? 0, gone.signal)) {
        heard.push(event);
        if (heard.length % 4 === 0) break;
      }
      gone.abort();
    }
    expectGapless(heard);
    expect(await client.executions.allEvents(id)).toEqual(heard);
  });

  it('sends a socket what it missed and then what happens, each event once and in order', async () => {
    const { id } = await client.executions.start({ agentId: slowAgent, input: { from: 'socket' } });
    const first = await client.connect();
    expect(await first.subscribe(id)).toMatchObject({ ok: true });
    const { seq } = await first.heard(({ type, stepId }) => type === 'step-end' && stepId === 's3');
    first.close();

    const second = await client.connect();
    expect(await second.subscribe(id, seq)).toMatchObject({ ok: true });
    await second.heard(({ type }) => type === 'execution-end');
    second.close();

    expectGapless(first.events);
    expectGapless(second.events, seq + 1);
    const kept = await client.executions.allEvents(id);
    expect([...first.events.slice(0, seq), ...second.events]).toEqual(kept);
  });

  it('replays a finished run to a socket that comes late, from wherever it wants', async () => {
    const { id, lastSeq } = await client.executions.run({ agentId: slowAgent, input: { from: 'late' } });
    const socket = await client.connect();
    expect(await socket.subscribe(id, lastSeq - 3)).toEqual({ ok: true, lastSeq });
    await socket.heard(({ type }) => type === 'execution-end');
    expectGapless(socket.events, lastSeq - 2);
    socket.close();
  });

  it('tells a socket of the organisation that a run began and ended', async () => {
    const socket = await client.connect();
    expect(await socket.subscribeOrg()).toEqual({ ok: true });
    const { id } = await client.executions.start({ agentId: slowAgent, input: { from: 'org' } });
    await client.executions.ended(id);
    expect(socket.changes.filter((changed) => changed === id).length).toBeGreaterThanOrEqual(2);
    socket.close();
  });

  it('answers malformed subscriptions with an error and goes on', async () => {
    const socket = await client.connect();
    for (const message of [null, 'x', [], {}, { executionId: 'nonsense' }, { executionId: slowAgent, after: -1 }]) {
      expect(await socket.emit('subscribe', message)).toEqual({ ok: false, code: 'request.invalid' });
    }
    expect(await socket.subscribe(slowAgent)).toEqual({ ok: false, code: 'execution.not_found' });
    expect(socket.connected).toBe(true);
    socket.close();
  });

  it('runs every template over its own sample without a key', async () => {
    for (const { slug, sampleInput } of await client.agents.templates()) {
      const agent = await client.agents.fromTemplate(slug);
      let run = await client.executions.run({ agentId: agent.id, input: sampleInput });
      if (run.status === 'waiting') {
        await client.executions.tryDecide(run.id, 'approved');
        run = await client.executions.ended(run.id);
      }
      expect({ slug, status: run.status, error: run.error }).toEqual({ slug, status: 'succeeded', error: null });
    }
  });

  it('lists runs newest first and page by page, by agent and status', async () => {
    const agentId = await client.agents.publishNew(greeting());
    const ids: string[] = [];
    for (const name of ['A', 'B', 'C']) ids.unshift((await client.executions.run({ agentId, input: { name } })).id);

    const first = await client.executions.list(`?agentId=${agentId}&status=succeeded&limit=2`);
    expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const second = await client.executions.list(
      `?agentId=${agentId}&status=succeeded&limit=2&cursor=${encodeURIComponent(first.nextCursor ?? '')}`,
    );
    expect(second).toMatchObject({ hasMore: false, nextCursor: null });
    expect(second.data.map(({ id }) => id)).toEqual(ids.slice(2));
    expect((await client.executions.list(`?agentId=${agentId}&status=failed`)).data).toEqual([]);
  });
});

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
