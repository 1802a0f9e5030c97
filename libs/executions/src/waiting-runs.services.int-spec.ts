/** Real: Postgres, migrations, tenancy, journal, kernel with its kinds, in-process events; two "processes" on one database. Fake: outside world and queue. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Graph } from '#kernel';
import { newId } from '#platform/ids';
import { edges, FakeStepServices, node } from '../../kernel/src/testing/index.js';
import { eventually } from '../../platform/src/testing/eventually.js';
import { TestDatabase } from '../../platform/src/testing/test-database.js';
import { ExecutionControl } from './execution-control.js';
import { RunLostError } from './executions.errors.js';
import { Journal } from './journal/journal.js';
import { ExecutionsTestProcess } from './testing/executions-test-process.js';
import { TestOrg } from './testing/test-org.js';
import { eventTypesOf, readRun, startRun, takeRun } from './testing/test-runs.js';
import { PayloadOutbox } from './payloads/payload-outbox.js';
import { waitRow } from './waits/wait-row.js';
import { WaitAnswers } from './waits/wait-answers.js';
import { WaitDecisionsService } from './waits/wait-decisions.service.js';
import { type WaitRow, WaitsReadModel } from './waits/waits.read-model.js';
import { ExecutionWhy } from './why/execution-why.js';

let testDatabase: TestDatabase;
let here: ExecutionsTestProcess;
let there: ExecutionsTestProcess;

beforeAll(async () => {
  testDatabase = await TestDatabase.create();
  const environment = { LEASE_MS: '60000', DRAIN_MS: '0', DATABASE_POOL_SIZE: '6' };
  here = await ExecutionsTestProcess.start(testDatabase, { environment });
  there = await ExecutionsTestProcess.start(testDatabase, { environment });
});

afterAll(async () => {
  await here.stop();
  await there.stop();
  await testDatabase.drop();
});

type Process = ExecutionsTestProcess;

const start = (org: TestOrg, process: Process = here, input: unknown = {}): Promise<string> =>
  startRun(process, org, { input });
const take = (org: TestOrg, id: string, process: Process = here): Promise<boolean> => takeRun(process, org, id);
const read = (org: TestOrg, id: string): ReturnType<typeof readRun> => readRun(here, org, id);
const waitsOf = (org: TestOrg, id: string): Promise<WaitRow[]> =>
  org.as(() => here.get(WaitsReadModel).ofExecution(id));
const eventTypes = (org: TestOrg, id: string): Promise<string[]> => eventTypesOf(here, org, id);
const decide = async (
  org: TestOrg,
  id: string,
  decision: string,
  more: { data?: unknown; payloadHash?: string; process?: Process } = {},
): Promise<WaitRow> => {
  const [wait] = await waitsOf(org, id);
  const { payloadHash = wait?.payloadHash ?? '', process = here, data } = more;
  return org.as(() =>
    process
      .get(WaitDecisionsService)
      .decide(id, wait?.id ?? '', { decision, payloadHash, ...(data !== undefined && { data }) }),
  );
};
const knockedFor = (id: string): number =>
  [...here.queue.added, ...there.queue.added].filter(({ executionId }) => executionId === id).length;

function approvalGraph(config: Record<string, unknown> = {}): Graph {
  return {
    nodes: [
      node('start', 'start'),
      node('before', 'http', { method: 'GET', url: 'https://example.org/before' }),
      node('ask', 'approval', { title: 'Refund?', payload: 'input', ...config }),
      node('output', 'output', { expression: 'steps.ask' }),
      node('no', 'output', { expression: '"refused"' }),
      node('late', 'output', { expression: '"late"' }),
    ],
    edges: edges('start > before > ask', 'ask.approved > output', 'ask.rejected > no', 'ask.timeout > late'),
  };
}

function oneStep(id: string, kind: string, config: Record<string, unknown>): Graph {
  return {
    nodes: [node('start', 'start'), node(id, kind, config), node('output', 'output', { expression: `steps.${id}` })],
    edges: edges(`start > ${id} > output`),
  };
}

describe('A run that asks a person', () => {
  it('waits without a worker and goes on in another process once somebody has decided', async () => {
    const org = await TestOrg.create(here, approvalGraph());
    const id = await start(org, here, { amount: 20 });
    const callsBefore = here.outside.httpCalls.length;
    await take(org, id);
    expect(await read(org, id)).toMatchObject({
      status: 'waiting',
      waitingFor: 'Refund?',
      waits: [{ kind: 'approval', path: 'ask', payload: { amount: 20 }, decisions: ['approved', 'rejected'] }],
    });
    expect(await here.query(`SELECT lease_owner FROM execution WHERE id = $1`, [id])).toEqual([{ lease_owner: null }]);
    expect(await org.as(() => here.get(ExecutionWhy).explain(id))).toMatchObject({
      status: 'waiting',
      summary: 'It waits for somebody to decide: “Refund?”.',
      blockers: [{ kind: 'approval', path: 'ask', actions: ['decide', 'cancel'] }],
    });

    const before = knockedFor(id);
    expect(await decide(org, id, 'approved', { process: there })).toMatchObject({
      state: 'answered',
      answeredBy: { name: 'Ada' },
    });
    await eventually(() => knockedFor(id) > before);
    expect(await take(org, id, there)).toBe(true);
    expect(await read(org, id)).toMatchObject({
      status: 'succeeded',
      attempt: 2,
      waits: [],
      output: { decision: 'approved', data: null, by: 'Ada' },
    });
    expect([...here.outside.httpCalls.slice(callsBefore), ...there.outside.httpCalls]).toHaveLength(1);
    expect(await eventTypes(org, id)).toEqual([
      ...['execution-start', 'step-start', 'step-end', 'step-start', 'step-end', 'step-start', 'wait-start'],
      ...['execution-resume', 'step-start', 'wait-end', 'step-end', 'step-start', 'step-end', 'execution-end'],
    ]);
    expect(await waitsOf(org, id)).toMatchObject([{ state: 'closed', answer: { decision: 'approved', by: 'Ada' } }]);
  });

  it('hears the first of many decisions, and everybody else is told whose it was', async () => {
    const org = await TestOrg.create(here, approvalGraph());
    const id = await start(org);
    await take(org, id);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_each, index) =>
        decide(org, id, index % 2 === 0 ? 'approved' : 'rejected', { process: index < 4 ? here : there }),
      ),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(7);
    for (const { reason } of refused) {
      expect(reason).toMatchObject({ code: 'wait.already_answered', kind: 'conflict' });
      expect((reason as Error).message).toMatch(/(approved|rejected) by Ada/);
    }
    expect(await here.query(`SELECT wakes, status FROM execution WHERE id = $1`, [id])).toEqual([
      { wakes: 1, status: 'queued' },
    ]);
  });

  it('takes no decision about another payload, no unknown one, and none whose data does not fit the form', async () => {
    const form = { type: 'object', properties: { reason: { type: 'string' } }, required: ['reason'] };
    const org = await TestOrg.create(here, approvalGraph({ form }));
    const id = await start(org);
    await take(org, id);
    await expect(decide(org, id, 'approved', { payloadHash: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'wait.payload_changed',
    });
    await expect(decide(org, id, 'perhaps')).rejects.toMatchObject({ code: 'wait.unknown_decision' });
    await expect(decide(org, id, 'approved')).rejects.toMatchObject({ code: 'wait.invalid_data' });
    await expect(decide(org, id, 'approved', { data: { reason: 1 } })).rejects.toMatchObject({
      code: 'wait.invalid_data',
      errors: [{ pointer: '/data/reason' }],
    });
    await decide(org, id, 'approved', { data: { reason: 'kind' } });
    await take(org, id);
    expect(await read(org, id)).toMatchObject({ output: { data: { reason: 'kind' } } });
  });

  it('is not there for another organisation', async () => {
    const [mine, theirs] = [await TestOrg.create(here, approvalGraph()), await TestOrg.create(here)];
    const id = await start(mine);
    await take(mine, id);
    const [wait] = await waitsOf(mine, id);
    expect(await waitsOf(theirs, id)).toEqual([]);
    await expect(
      theirs.as(() =>
        here
          .get(WaitDecisionsService)
          .decide(id, wait?.id ?? '', { decision: 'approved', payloadHash: wait?.payloadHash ?? '' }),
      ),
    ).rejects.toMatchObject({ code: 'wait.not_found' });
    expect(await theirs.as(() => here.get(WaitAnswers).give(wait?.id ?? '', { decision: 'approved' }, null))).toBe(
      false,
    );
  });

  it('ends at once when it is cancelled, and nobody is asked any more', async () => {
    const org = await TestOrg.create(here, approvalGraph());
    const id = await start(org);
    await take(org, id);
    await org.as(() => there.get(ExecutionControl).cancel(id));
    expect(await read(org, id)).toMatchObject({ status: 'cancelled' });
    await expect(decide(org, id, 'approved')).rejects.toMatchObject({ code: 'wait.void' });
    expect(await eventTypes(org, id)).toContain('execution-end');
  });

  it('goes on by the port “timeout” when nobody decides in time', async () => {
    const org = await TestOrg.create(here, approvalGraph({ timeoutMs: 1_000 }));
    const id = await start(org);
    await take(org, id);
    await eventually(async () => (await read(org, id)).status === 'queued', 5_000);
    await take(org, id, there);
    expect(await read(org, id)).toMatchObject({ status: 'succeeded', output: 'late' });
  });
});

describe('An answer', () => {
  it('reaches a run that is still being worked on, without another attempt', async () => {
    let answerSlowCall: () => void = () => undefined;
    const outside = new FakeStepServices({
      http: () => new Promise((resolve) => (answerSlowCall = () => resolve({ body: 'slow' }))),
    });
    const process = await ExecutionsTestProcess.start(testDatabase, { outside });
    const org = await TestOrg.create(here, {
      nodes: [
        node('start', 'start'),
        node('ask', 'approval', { title: 'Sure?' }),
        node('slow', 'http', { method: 'GET', url: 'https://example.org/slow' }),
        node('output', 'output', { expression: '{ "ask": steps.ask.decision, "slow": steps.slow.body }' }),
      ],
      edges: edges('start > ask', 'start > slow', 'ask.approved > output', 'slow > output'),
    });
    const id = await start(org, process);
    const taken = take(org, id, process);
    await eventually(async () => (await waitsOf(org, id)).length === 1);
    await decide(org, id, 'approved', { process });
    await eventually(async () => (await eventTypes(org, id)).includes('wait-end'));
    answerSlowCall();
    await taken;
    expect(await read(org, id)).toMatchObject({
      status: 'succeeded',
      attempt: 1,
      output: { ask: 'approved', slow: 'slow' },
    });
    await process.stop();
  });

  it('is never lost between a run that is about to wait and the one who answers', async () => {
    const org = await TestOrg.create(here);
    const journal = here.get(Journal);
    const runs = Array.from({ length: 60 }, () => ({ id: newId(), waitId: newId() }));
    await Promise.all(
      runs.map(({ id, waitId }) =>
        journal.write({
          executionId: id,
          attempt: 1,
          accept: org.row(),
          steps: [],
          logs: [],
          waits: { opened: [openRow(waitId)], closed: [], voidOpen: false },
        }),
      ),
    );
    const suspended = await Promise.all(
      runs.map(async ({ id, waitId }, index) => {
        const answer = (): Promise<boolean> =>
          org.as(() => (index % 2 ? here : there).get(WaitAnswers).give(waitId, { decision: 'approved' }, null));
        const suspend = (): Promise<string> =>
          journal.write({
            executionId: id,
            attempt: 1,
            suspend: { seenWakes: 0, usageJson: '{}', lastSeq: 0 },
            steps: [],
            logs: [],
          });
        if (index < 5) await answer();
        const [, written] = await Promise.all([index < 10 ? null : answer(), suspend()]);
        if (index >= 5 && index < 10) await answer();
        return written;
      }),
    );
    const rows = await here.query<{ status: string; wakes: number }>(
      `SELECT DISTINCT status, wakes FROM execution WHERE id = ANY($1::uuid[])`,
      [runs.map(({ id }) => id)],
    );
    expect(rows).toEqual([{ status: 'queued', wakes: 1 }]);
    expect(new Set(suspended.slice(0, 5))).toEqual(new Set(['requeued']));
    expect(new Set(suspended.slice(5, 10))).toEqual(new Set(['written']));
  });

  it('is refused to an attempt that was taken over: neither its waits nor its effects are written', async () => {
    const org = await TestOrg.create(here);
    const id = newId();
    const journal = here.get(Journal);
    await journal.write({ executionId: id, attempt: 1, accept: org.row(), steps: [], logs: [] });
    await here.query(`UPDATE execution SET attempt = 2 WHERE id = $1 RETURNING id`, [id]);
    const effect = JSON.stringify({
      path: 'a',
      call: 'c',
      round: 1,
      state: 'intended',
      request_hash: 'h',
      response: null,
    });
    await expect(
      journal.write({
        executionId: id,
        attempt: 1,
        steps: [],
        logs: [],
        effects: [effect],
        waits: { opened: [openRow(newId())], closed: [], voidOpen: false },
      }),
    ).rejects.toBeInstanceOf(RunLostError);
    await expect(
      journal.write({
        executionId: id,
        attempt: 1,
        steps: [],
        logs: [],
        suspend: { seenWakes: 0, usageJson: '{}', lastSeq: 0 },
      }),
    ).rejects.toBeInstanceOf(RunLostError);
    expect(await here.query(`SELECT 1 FROM wait WHERE execution_id = $1`, [id])).toEqual([]);
    expect(await here.query(`SELECT 1 FROM effect WHERE execution_id = $1`, [id])).toEqual([]);
    expect(await here.query(`SELECT status FROM execution WHERE id = $1`, [id])).toEqual([{ status: 'running' }]);
  });
});

function openRow(id: string): string {
  return waitRow(
    'ask',
    { kind: 'approval', key: '', title: 'Sure?' },
    { id, runId: null },
    new PayloadOutbox(),
  )('open');
}

describe('A delay', () => {
  it('resumes within a moment of its time in the process that suspended it', async () => {
    const org = await TestOrg.create(here, oneStep('nap', 'delay', { ms: 400 }));
    const id = await start(org);
    const begin = Date.now();
    await take(org, id);
    expect(await read(org, id)).toMatchObject({ status: 'waiting' });
    await eventually(() => knockedFor(id) > 1, 5_000);
    expect(Date.now() - begin).toBeGreaterThanOrEqual(400);
    await take(org, id);
    expect(await read(org, id)).toMatchObject({ status: 'succeeded' });
  });

  it('resumes though the process that suspended it is gone', async () => {
    const gone = await ExecutionsTestProcess.start(testDatabase);
    const org = await TestOrg.create(here, oneStep('nap', 'delay', { ms: 300 }));
    const id = await start(org, gone);
    await take(org, id, gone);
    await gone.stop();
    await sleep(350);
    expect(await read(org, id)).toMatchObject({ status: 'waiting' });
    await Promise.all([here.reconciler.reconcile(), there.reconciler.reconcile()]);
    expect(await here.query(`SELECT status, wakes FROM execution WHERE id = $1`, [id])).toEqual([
      { status: 'queued', wakes: 1 },
    ]);
    expect(knockedFor(id)).toBe(1);
    await take(org, id, there);
    expect(await read(org, id)).toMatchObject({ status: 'succeeded', attempt: 2 });
  });
});

describe('An event', () => {
  it('answers the waits of its name and correlation in its organisation, and no others', async () => {
    const graph = (correlation?: string): Graph =>
      oneStep('paid', 'wait-for-event', { event: 'order.paid', ...(correlation !== undefined && { correlation }) });
    const [any, right, wrong] = await Promise.all(
      [undefined, '4711', '4712'].map((correlation) => TestOrg.create(here, graph(correlation))),
    );
    const ids = await Promise.all([any, right, wrong].map(async (org) => org && (await start(org))));
    for (const [index, org] of [any, right, wrong].entries()) await take(org as TestOrg, ids[index] as string);
    const send = (org: TestOrg | undefined): Promise<number> =>
      (org as TestOrg).as(() =>
        here.get(WaitDecisionsService).receive({ name: 'order.paid', correlation: '4711', data: { cents: 5 } }),
      );
    expect(await Promise.all([send(any), send(right), send(wrong)])).toEqual([1, 1, 0]);
    await take(right as TestOrg, ids[1] as string);
    expect(await read(right as TestOrg, ids[1] as string)).toMatchObject({ status: 'succeeded', output: { cents: 5 } });
    expect(await read(wrong as TestOrg, ids[2] as string)).toMatchObject({ status: 'waiting' });
  });

  it('answers every run that waits, also those that are being written to at that moment', async () => {
    const org = await TestOrg.create(here, oneStep('go', 'wait-for-event', { event: 'go' }));
    const ids = await Promise.all(Array.from({ length: 12 }, () => start(org)));
    for (const id of ids) await take(org, id);
    const counts = await Promise.all(
      [here, there].map((process) => org.as(() => process.get(WaitDecisionsService).receive({ name: 'go' }))),
    );
    expect(counts[0]! + counts[1]!).toBe(12);
  });
});
