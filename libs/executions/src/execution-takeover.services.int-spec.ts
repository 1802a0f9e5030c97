/** Real: Postgres, migrations, tenancy, journal, leases, takeover, kernel, in-process events; several "processes" on one database. Fake: outside world and queue. */
import { eventually } from '../../platform/src/testing/eventually.js';
import { TestDatabase } from '../../platform/src/testing/test-database.js';
import { ExecutionStepsRepository } from './execution-steps.repository.js';
import { ExecutionsTestProcess } from './testing/executions-test-process.js';
import { hangsOnce, urlsOf } from './testing/outside-world.js';
import { TestOrg } from './testing/test-org.js';
import { eventTypesOf, readRun, silenceRun, startRun, takeRun } from './testing/test-runs.js';

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

describe('A run from the queue', () => {
  it('is taken by one of two processes that want it', async () => {
    const org = await TestOrg.create(here);
    const id = await startRun(here, org);
    const taken = await Promise.all([takeRun(here, org, id), takeRun(here, org, id), takeRun(here, org, id)]);
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await readRun(here, org, id)).toMatchObject({
      status: 'succeeded',
      attempt: 1,
      output: { first: { ok: true }, second: { ok: true } },
    });
  });

  it('whose process fell silent goes on in another one, once, and repeats only the step that was not finished', async () => {
    const org = await TestOrg.create(here);
    const id = await startRun(here, org);
    const dead = takeRun(there, org, id);
    await eventually(() => urlsOf(there).some((url) => url.endsWith('/second')));
    const before = here.outside.httpCalls.length;
    await eventually(async () => {
      // Its process lives, and its heartbeat may come between the two.
      await silenceRun(here, id);
      await Promise.all([here.reconciler.reconcile(), there.reconciler.reconcile()]);
      return (await readRun(here, org, id)).status === 'queued';
    });
    expect([...here.queue.added, ...there.queue.added].map((job) => job.executionId)).toContain(id);
    const taken = await Promise.all([takeRun(here, org, id), takeRun(here, org, id)]);
    expect(taken.filter(Boolean)).toHaveLength(1);

    expect(await readRun(here, org, id)).toMatchObject({ status: 'succeeded', attempt: 2 });
    expect(urlsOf(here).slice(before)).toEqual(['https://example.org/second']);
    expect(here.outside.httpCalls.at(-1)?.idempotencyKey).toBe(there.outside.httpCalls.at(-1)?.idempotencyKey);
    expect(await eventTypesOf(here, org, id)).toEqual([
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
    const id = await startRun(here, org);
    const taken = takeRun(leaving, org, id);
    await eventually(() => urlsOf(leaving).some((url) => url.endsWith('/second')));
    await leaving.stop();
    await taken;
    expect(await readRun(here, org, id)).toMatchObject({ status: 'queued', attempt: 1 });
    expect(await takeRun(here, org, id)).toBe(true);
    expect(await readRun(here, org, id)).toMatchObject({ status: 'succeeded', attempt: 2 });
  });

  it('that was taken from a process which was only slow does not answer for it', async () => {
    const slow = await ExecutionsTestProcess.start(testDatabase, {
      outside: hangsOnce(),
      environment: { LEASE_MS: '1000' },
    });
    const org = await TestOrg.create(here);
    const id = await startRun(here, org);
    const taken = takeRun(slow, org, id);
    await eventually(() => urlsOf(slow).some((url) => url.endsWith('/second')));
    const lostCount = async () =>
      (await here.query<{ lost_count: number }>(`SELECT lost_count FROM execution WHERE id = $1`, [id]))[0];
    await here.query(
      `UPDATE execution SET status = 'queued', lost_count = 1, lease_owner = NULL, lease_expires_at = NULL WHERE id = $1 RETURNING id`,
      [id],
    );
    expect(await taken).toBe(true);
    await eventually(async () => (await lostCount())?.lost_count === 0);
    expect(await takeRun(here, org, id)).toBe(true);
    await slow.stop();
  });

  it('that was begun a hundred times without coming to its end is ended', async () => {
    const org = await TestOrg.create(here);
    const id = await startRun(here, org);
    await here.query(`UPDATE execution SET attempt = 120, wakes = 20 WHERE id = $1 RETURNING id`, [id]);
    await takeRun(here, org, id);
    expect(await readRun(here, org, id)).toMatchObject({ status: 'failed', error: { code: 'run.too_many_attempts' } });
  });

  it('that lost its process five times ends without one step more', async () => {
    const org = await TestOrg.create(here);
    const id = await startRun(here, org);
    await here.query(`UPDATE execution SET attempt = 5, lost_count = 5 WHERE id = $1 RETURNING id`, [id]);
    const before = here.outside.httpCalls.length;
    await takeRun(here, org, id);
    expect(await readRun(here, org, id)).toMatchObject({
      status: 'failed',
      attempt: 6,
      error: { code: 'run.too_many_attempts' },
    });
    expect(await eventTypesOf(here, org, id)).toEqual(['execution-start', 'execution-end']);
    expect(here.outside.httpCalls.length).toBe(before);
  });

  it('whose version cannot be used any more fails and says why', async () => {
    const org = await TestOrg.create(here);
    const id = await startRun(here, org);
    const other = await TestOrg.create(here);
    await here.query(
      `UPDATE agent_node SET kind = 'telepathy' WHERE version_id = $1 AND node_id = 'first' RETURNING id`,
      [org.versionId],
    );
    expect(await takeRun(there, org, id)).toBe(true);
    expect(await readRun(here, org, id)).toMatchObject({
      status: 'failed',
      error: { code: 'agent_version.unusable', retryable: false },
    });
    expect(await eventTypesOf(here, org, id)).toEqual(['execution-start', 'execution-end']);
    expect(await takeRun(here, other, id)).toBe(false);
  });

  it('goes back to the queue at once when the process cannot read what it needs', async () => {
    const org = await TestOrg.create(here);
    const id = await startRun(here, org);
    await here.query(`UPDATE execution SET attempt = 1 WHERE id = $1 RETURNING id`, [id]);
    const steps = here.get(ExecutionStepsRepository);
    steps.findRecords = () => Promise.reject(new Error('Connection terminated unexpectedly'));
    try {
      await expect(takeRun(here, org, id)).rejects.toThrow('Connection terminated');
    } finally {
      Reflect.deleteProperty(steps, 'findRecords');
    }
    expect(await here.query(`SELECT status, lease_owner FROM execution WHERE id = $1`, [id])).toEqual([
      { status: 'queued', lease_owner: null },
    ]);
    expect(await takeRun(here, org, id)).toBe(true);
    expect(await readRun(here, org, id)).toMatchObject({ status: 'succeeded', attempt: 3 });
  });
});
