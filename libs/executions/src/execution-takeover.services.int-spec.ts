/** Real: Postgres, migrations, tenancy, journal, leases, takeover, kernel, in-process events; several "processes" on one database. Fake: outside world and queue. */
import { setTimeout as sleep } from 'node:timers/promises';
import { StepError } from '#kernel';
import { Client } from 'pg';
import { edges, FakeStepServices, node } from '../../kernel/src/testing/index.js';
import { eventually } from '../../platform/src/testing/eventually.js';
import { TestDatabase } from '../../platform/src/testing/test-database.js';
import { currentRun } from './current-run.js';
import { ExecutionControl } from './execution-control.js';
import { ExecutionStepsRepository } from './execution-steps.repository.js';
import { ExecutionTakeover } from './execution-takeover.js';
import { ExecutionsQueries } from './executions.queries.js';
import { ExecutionsService } from './executions.service.js';
import { LeasesRepository } from './leases.repository.js';
import { testCall } from './testing/call-record.factory.js';
import { ExecutionsTestProcess } from './testing/executions-test-process.js';
import { RecordingQueue } from './testing/recording-queue.js';
import { TestOrg } from './testing/test-org.js';

/** The first call to `/second` never ends, as when a process dies during it; the later ones answer. */
function hangsOnce(): FakeStepServices {
  let calls = 0;
  return new FakeStepServices({
    http: ({ url }) => (url.endsWith('/second') && ++calls === 1 ? new Promise(() => undefined) : {}),
  });
}

let testDatabase: TestDatabase;
let here: ExecutionsTestProcess;
let there: ExecutionsTestProcess;

beforeAll(async () => {
  testDatabase = await TestDatabase.create();
  const environment = { LEASE_MS: '1000', DRAIN_MS: '0', DATABASE_POOL_SIZE: '4' };
  here = await ExecutionsTestProcess.start(testDatabase, { environment });
  there = await ExecutionsTestProcess.start(testDatabase, { environment, outside: hangsOnce() });
});

afterAll(async () => {
  await here.stop();
  await there.stop();
  await testDatabase.drop();
});

const start = async (org: TestOrg, process = here): Promise<string> => {
  const command = { agentId: org.agentId, input: {}, mode: 'background' as const, trigger: 'api' };
  return (await org.as(() => process.get(ExecutionsService).start(command))).executionId;
};
const take = (process: ExecutionsTestProcess, org: TestOrg, id: string): Promise<boolean> =>
  org.as(() => process.get(ExecutionTakeover).take(id));
const read = (org: TestOrg, id: string): ReturnType<ExecutionsQueries['get']> =>
  org.as(() => here.get(ExecutionsQueries).get(id));
const eventTypes = async (org: TestOrg, id: string): Promise<string[]> => {
  const { data } = await org.as(() => here.get(ExecutionsQueries).events(id, 0));
  expect(data.map(({ seq }) => seq)).toEqual(data.map((_event, index) => index + 1));
  return data.map(({ type }) => type);
};
const silence = (id: string): Promise<unknown> =>
  here.query(`UPDATE execution SET lease_expires_at = now() - interval '1 second' WHERE id = $1 RETURNING id`, [id]);
const urlsOf = ({ outside }: ExecutionsTestProcess): string[] => outside.httpCalls.map(({ request }) => request.url);

describe('A run from the queue', () => {
  it('is taken by one of two processes that want it', async () => {
    const org = await TestOrg.create(here);
    const id = await start(org);
    const taken = await Promise.all([take(here, org, id), take(here, org, id), take(here, org, id)]);
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await read(org, id)).toMatchObject({
      status: 'succeeded',
      attempt: 1,
      output: { first: { ok: true }, second: { ok: true } },
    });
  });

  it('whose process fell silent goes on in another one, once, and repeats only the step that was not finished', async () => {
    const org = await TestOrg.create(here);
    const id = await start(org);
    const dead = take(there, org, id);
    await eventually(() => urlsOf(there).some((url) => url.endsWith('/second')));
    const before = here.outside.httpCalls.length;
    await eventually(async () => {
      // Its process lives, and its heartbeat may come between the two.
      await silence(id);
      await Promise.all([here.reconciler.reconcile(), there.reconciler.reconcile()]);
      return (await read(org, id)).status === 'queued';
    });
    expect([...here.queue.added, ...there.queue.added].map((job) => job.executionId)).toContain(id);
    const taken = await Promise.all([take(here, org, id), take(here, org, id)]);
    expect(taken.filter(Boolean)).toHaveLength(1);

    expect(await read(org, id)).toMatchObject({ status: 'succeeded', attempt: 2 });
    expect(urlsOf(here).slice(before)).toEqual(['https://example.org/second']);
    expect(here.outside.httpCalls.at(-1)?.idempotencyKey).toBe(there.outside.httpCalls.at(-1)?.idempotencyKey);
    expect(await eventTypes(org, id)).toEqual([
      ...['execution-start', 'step-start', 'step-end', 'step-start', 'step-end', 'step-start'],
      ...['execution-resume', 'step-start', 'step-end', 'step-start', 'step-end', 'execution-end'],
    ]);
    // The silent process notices by its heartbeat that the run is not its own any more, and lets go of it.
    await dead;
  });

  it('is handed over at once when its process shuts down', async () => {
    const leaving = await ExecutionsTestProcess.start(testDatabase, {
      outside: hangsOnce(),
      environment: { DRAIN_MS: '0', LEASE_MS: '600000' },
    });
    const org = await TestOrg.create(here);
    const id = await start(org);
    const taken = take(leaving, org, id);
    await eventually(() => urlsOf(leaving).some((url) => url.endsWith('/second')));
    await leaving.stop();
    await taken;
    expect(await read(org, id)).toMatchObject({ status: 'queued', attempt: 1 });
    expect(await take(here, org, id)).toBe(true);
    expect(await read(org, id)).toMatchObject({ status: 'succeeded', attempt: 2 });
  });

  it('that was taken from a process which was only slow does not answer for it', async () => {
    const slow = await ExecutionsTestProcess.start(testDatabase, {
      outside: hangsOnce(),
      environment: { LEASE_MS: '1000' },
    });
    const org = await TestOrg.create(here);
    const id = await start(org);
    const taken = take(slow, org, id);
    await eventually(() => urlsOf(slow).some((url) => url.endsWith('/second')));
    const lostCount = async () =>
      (await here.query<{ lost_count: number }>(`SELECT lost_count FROM execution WHERE id = $1`, [id]))[0];
    await here.query(
      `UPDATE execution SET status = 'queued', lost_count = 1, lease_owner = NULL, lease_expires_at = NULL WHERE id = $1 RETURNING id`,
      [id],
    );
    expect(await taken).toBe(true);
    await eventually(async () => (await lostCount())?.lost_count === 0);
    expect(await take(here, org, id)).toBe(true);
    await slow.stop();
  });

  it('that was begun a hundred times without coming to its end is ended', async () => {
    const org = await TestOrg.create(here);
    const id = await start(org);
    await here.query(`UPDATE execution SET attempt = 120, wakes = 20 WHERE id = $1 RETURNING id`, [id]);
    await take(here, org, id);
    expect(await read(org, id)).toMatchObject({ status: 'failed', error: { code: 'run.too_many_attempts' } });
  });

  it('that lost its process five times ends without one step more', async () => {
    const org = await TestOrg.create(here);
    const id = await start(org);
    await here.query(`UPDATE execution SET attempt = 5, lost_count = 5 WHERE id = $1 RETURNING id`, [id]);
    const before = here.outside.httpCalls.length;
    await take(here, org, id);
    expect(await read(org, id)).toMatchObject({
      status: 'failed',
      attempt: 6,
      error: { code: 'run.too_many_attempts' },
    });
    expect(await eventTypes(org, id)).toEqual(['execution-start', 'execution-end']);
    expect(here.outside.httpCalls.length).toBe(before);
  });

  it('whose version cannot be used any more fails and says why', async () => {
    const org = await TestOrg.create(here);
    const id = await start(org);
    const other = await TestOrg.create(here);
    await here.query(
      `UPDATE agent_node SET kind = 'telepathy' WHERE version_id = $1 AND node_id = 'first' RETURNING id`,
      [org.versionId],
    );
    expect(await take(there, org, id)).toBe(true);
    expect(await read(org, id)).toMatchObject({
      status: 'failed',
      error: { code: 'agent_version.unusable', retryable: false },
    });
    expect(await eventTypes(org, id)).toEqual(['execution-start', 'execution-end']);
    expect(await take(here, other, id)).toBe(false);
  });

  it('goes back to the queue at once when the process cannot read what it needs', async () => {
    const org = await TestOrg.create(here);
    const id = await start(org);
    await here.query(`UPDATE execution SET attempt = 1 WHERE id = $1 RETURNING id`, [id]);
    const steps = here.get(ExecutionStepsRepository);
    steps.findRecords = () => Promise.reject(new Error('Connection terminated unexpectedly'));
    try {
      await expect(take(here, org, id)).rejects.toThrow('Connection terminated');
    } finally {
      Reflect.deleteProperty(steps, 'findRecords');
    }
    expect(await here.query(`SELECT status, lease_owner FROM execution WHERE id = $1`, [id])).toEqual([
      { status: 'queued', lease_owner: null },
    ]);
    expect(await take(here, org, id)).toBe(true);
    expect(await read(org, id)).toMatchObject({ status: 'succeeded', attempt: 3 });
  });
});

describe('A cancelled run', () => {
  it('that waits ends at once, with an end in its log and no step', async () => {
    const org = await TestOrg.create(here);
    const id = await start(org);
    await org.as(() => here.get(ExecutionControl).cancel(id));
    expect(await read(org, id)).toMatchObject({
      status: 'cancelled',
      cancelRequested: true,
      error: { code: 'run.cancelled' },
    });
    expect(await eventTypes(org, id)).toEqual(['execution-start', 'execution-end']);
    await expect(org.as(() => here.get(ExecutionControl).cancel(id))).rejects.toMatchObject({
      code: 'execution.already_finished',
    });
  });

  it('that runs ends at once when its owner is asked, and with a heartbeat when another process is', async () => {
    for (const isAskedHere of [true, false]) {
      const owner = await ExecutionsTestProcess.start(testDatabase, {
        outside: hangsOnce(),
        environment: { LEASE_MS: '1000' },
      });
      const org = await TestOrg.create(here);
      const id = await start(org);
      const taken = take(owner, org, id);
      await eventually(() => urlsOf(owner).some((url) => url.endsWith('/second')));
      await org.as(() => (isAskedHere ? owner : here).get(ExecutionControl).cancel(id));
      await taken;
      expect(await read(org, id)).toMatchObject({ status: 'cancelled' });
      await owner.stop();
    }
  });

  it('of another organisation is not found', async () => {
    const [mine, theirs] = [await TestOrg.create(here), await TestOrg.create(here)];
    const id = await start(theirs);
    await expect(mine.as(() => here.get(ExecutionControl).cancel(id))).rejects.toMatchObject({
      code: 'execution.not_found',
    });
    expect(await read(theirs, id)).toMatchObject({ status: 'queued', cancelRequested: false });
  });
});

describe('A retry', () => {
  it('is a new run that takes the finished steps over and calls only what failed', async () => {
    let isBroken = true;
    const outside = new FakeStepServices({
      http: ({ url }) => {
        if (isBroken && url.endsWith('/second'))
          throw new StepError({ code: 'http.status', message: 'It answered 404.', retryable: false });
        return {};
      },
    });
    const process = await ExecutionsTestProcess.start(testDatabase, { outside });
    const org = await TestOrg.create(here);
    const id = await start(org, process);
    await take(process, org, id);
    expect(await read(org, id)).toMatchObject({ status: 'failed', error: { code: 'http.status', stepId: 'second' } });

    isBroken = false;
    const again = await org.as(() => process.get(ExecutionControl).retry(id));
    expect(process.queue.added.at(-1)).toMatchObject({ executionId: again, id: `${again}.0` });
    await take(process, org, again);
    expect(await read(org, again)).toMatchObject({ status: 'succeeded', retryOf: id, trigger: 'retry', attempt: 1 });
    expect(urlsOf(process).map((url) => url.split('/').at(-1))).toEqual(['first', 'second', 'second']);
    await expect(org.as(() => process.get(ExecutionControl).retry(again))).rejects.toMatchObject({
      code: 'execution.not_retryable',
    });
    await process.stop();
  });
});

describe('A retry of a run that has been answered and has acted', () => {
  it('takes over answers and the effect ledger, and pays for nothing twice', async () => {
    const org = await TestOrg.create(here, {
      nodes: [
        node('start', 'start'),
        node('say', 'llm', { model: 'simulated/offline', prompt: 'Hello' }),
        node('broken', 'http', { method: 'GET', url: 'https://example.org/broken' }),
        node('output', 'output', { expression: 'steps.broken.body' }),
      ],
      edges: edges('start > say > broken > output'),
    });
    let isBroken = true;
    const outside = new FakeStepServices({
      http: () => ({ status: isBroken ? 404 : 200 }),
      generate: () => {
        currentRun().recordCall(testCall({ inputTokens: 10, outputTokens: 5 }));
        return {};
      },
    });
    const process = await ExecutionsTestProcess.start(testDatabase, { outside });
    const id = await start(org, process);
    await take(process, org, id);
    expect(await read(org, id)).toMatchObject({ status: 'failed', usage: { inputTokens: 10, outputTokens: 5 } });
    await here.query(
      `INSERT INTO effect (org_id, execution_id, path, call, round, state, request_hash, response)
       VALUES ($1, $2, 'broken', 'other', 1, 'completed', 'hash', '{"paid":true}') RETURNING call`,
      [org.id, id],
    );
    for (const [key, kind, decision] of [
      ['yes', 'approval', 'approved'],
      ['slow', 'approval', 'timeout'],
      ['next-try-1', 'timer', 'due'],
    ]) {
      await here.query(
        `INSERT INTO wait (id, org_id, execution_id, path, key, kind, title, payload_hash, state, answer)
         VALUES (gen_random_uuid(), $1, $2, 'broken', $3, $4, 'Sure?', 'hash', 'closed', $5) RETURNING id`,
        [org.id, id, key, kind, JSON.stringify({ decision })],
      );
    }

    isBroken = false;
    const again = await org.as(() => process.get(ExecutionControl).retry(id));
    expect(await here.query(`SELECT path, call, state, response FROM effect WHERE execution_id = $1`, [again])).toEqual(
      [{ path: 'broken', call: 'other', state: 'completed', response: { paid: true } }],
    );
    expect(await here.query(`SELECT key, state, answer FROM wait WHERE execution_id = $1`, [again])).toEqual([
      { key: 'yes', state: 'closed', answer: { decision: 'approved' } },
    ]);
    await take(process, org, again);
    expect(outside.generateCalls).toHaveLength(1);
    expect(await read(org, again)).toMatchObject({ status: 'succeeded', usage: { inputTokens: 0, outputTokens: 0 } });
    await process.stop();
  });
});

describe('Leases', () => {
  it('are renewed without standing in the way of the journal', async () => {
    const org = await TestOrg.create(here);
    const ids = [await start(org), await start(org)].sort();
    await here.query(
      `UPDATE execution SET status = 'running', lease_expires_at = now(), attempt = 1 WHERE id = ANY($1::uuid[]) RETURNING id`,
      [ids],
    );
    const journal = new Client({ connectionString: testDatabase.url });
    await journal.connect();
    try {
      await journal.query('BEGIN');
      await journal.query(`SET LOCAL deadlock_timeout = '5s'`);
      await journal.query(`SET LOCAL lock_timeout = '500ms'`);
      await journal.query('SELECT 1 FROM execution WHERE id = $1 FOR SHARE', [ids[1]]);
      const renewed = here.get(LeasesRepository).renew(
        ids.map((id) => ({ id, attempt: 1 })),
        60_000,
      );
      await sleep(50);
      await journal.query('SELECT 1 FROM execution WHERE id = $1 FOR SHARE', [ids[0]]);
      await journal.query('COMMIT');
      expect((await renewed).map(({ id }) => id).sort()).toEqual(ids);
    } finally {
      await journal.end();
    }
    const [row] = await here.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM execution WHERE id = ANY($1::uuid[]) AND lease_expires_at > now() + interval '50 seconds'`,
      [ids],
    );
    expect(row?.count).toBe(2);
  });
});

describe('The reconciler', () => {
  const overdue = (ids: readonly string[]): Promise<unknown> =>
    here.query(`UPDATE execution SET queued_at = now() - interval '1 minute' WHERE id = ANY($1::uuid[]) RETURNING id`, [
      ids,
    ]);
  const settleAll = (): Promise<unknown> =>
    here.query(`UPDATE execution SET status = 'failed' WHERE status IN ('queued', 'running') RETURNING id`);

  beforeEach(async () => {
    await settleAll();
    here.queue.added.length = 0;
    here.queue.waiting = 0;
  });

  it('knocks again for a run whose knock got lost', async () => {
    const org = await TestOrg.create(here);
    here.queue.isAway = true;
    const id = await start(org);
    here.queue.isAway = false;
    expect(await read(org, id)).toMatchObject({ status: 'queued' });
    await overdue([id]);
    await here.reconciler.reconcile();
    expect(here.queue.added).toMatchObject([{ executionId: id, orgId: org.id }]);
  });

  it('puts silent runs back even while the queue is away, and goes on once it is there', async () => {
    const org = await TestOrg.create(here);
    const id = await start(org);
    await here.query(`UPDATE execution SET status = 'running', attempt = 1 WHERE id = $1 RETURNING id`, [id]);
    await silence(id);
    here.queue.isAway = true;
    await expect(here.reconciler.reconcile()).rejects.toThrow();
    expect(await read(org, id)).toMatchObject({ status: 'queued' });
    here.queue.isAway = false;
    await overdue([id]);
    await here.reconciler.reconcile();
    expect(here.queue.added.at(-1)?.executionId).toBe(id);
  });

  it('lets a long backlog be: while the queue holds knocks enough it adds none, and into an empty one only a few', async () => {
    const org = await TestOrg.create(here);
    const ids = await Promise.all(Array.from({ length: 25 }, () => start(org)));
    await overdue(ids);
    here.queue.added.length = 0;
    here.queue.waiting = 20;
    const fresh = await ExecutionsTestProcess.start(testDatabase, { queue: here.queue });
    for (let round = 0; round < 10; round += 1) await fresh.reconciler.reconcile();
    expect(here.queue.added).toEqual([]);
    here.queue.waiting = 0;
    await fresh.reconciler.reconcile();
    expect(here.queue.added.length).toBeGreaterThan(0);
    expect(here.queue.added.length).toBeLessThanOrEqual(20);
    // The next round knocks again though the jobs of this one still lie about.
    const before = here.queue.added.length;
    await fresh.reconciler.reconcile();
    expect(new Set(here.queue.added.map((job) => job.id)).size).toBeGreaterThan(before);
    await fresh.stop();
  });

  it('goes on round after round though one fails', async () => {
    const queue = new RecordingQueue();
    const process = await ExecutionsTestProcess.start(testDatabase, { queue });
    const org = await TestOrg.create(here);
    const id = await start(org);
    await overdue([id]);
    queue.isAway = true;
    await process.reconciler.onApplicationBootstrap();
    await sleep(1_200);
    queue.isAway = false;
    await eventually(() => queue.added.length > 0);
    process.reconciler.onModuleDestroy();
    await process.stop();
  });
});
