/** Real: Postgres, migrations, tenancy, journal, leases, reconciler with its clock; several "processes" on one database. Fake: outside world and queue, which can be away. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { eventually } from '../../platform/src/testing/eventually.js';
import { TestDatabase } from '../../platform/src/testing/test-database.js';
import { LeasesRepository } from './leases.repository.js';
import { ExecutionsTestProcess } from './testing/executions-test-process.js';
import { RecordingQueue } from './testing/recording-queue.js';
import { TestOrg } from './testing/test-org.js';
import { readRun, silenceRun, startRun } from './testing/test-runs.js';

let testDatabase: TestDatabase;
let here: ExecutionsTestProcess;

beforeAll(async () => {
  testDatabase = await TestDatabase.create();
  const environment = { LEASE_MS: '1000', DRAIN_MS: '0', DATABASE_POOL_SIZE: '4' };
  here = await ExecutionsTestProcess.start(testDatabase, { environment });
});

afterAll(async () => {
  await here.stop();
  await testDatabase.drop();
});

describe('Leases', () => {
  it('are renewed without standing in the way of the journal', async () => {
    const org = await TestOrg.create(here);
    const ids = [await startRun(here, org), await startRun(here, org)].sort();
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
    const id = await startRun(here, org);
    here.queue.isAway = false;
    expect(await readRun(here, org, id)).toMatchObject({ status: 'queued' });
    await overdue([id]);
    await here.reconciler.reconcile();
    expect(here.queue.added).toMatchObject([{ executionId: id, orgId: org.id }]);
  });

  it('puts silent runs back even while the queue is away, and goes on once it is there', async () => {
    const org = await TestOrg.create(here);
    const id = await startRun(here, org);
    await here.query(`UPDATE execution SET status = 'running', attempt = 1 WHERE id = $1 RETURNING id`, [id]);
    await silenceRun(here, id);
    here.queue.isAway = true;
    await expect(here.reconciler.reconcile()).rejects.toThrow();
    expect(await readRun(here, org, id)).toMatchObject({ status: 'queued' });
    here.queue.isAway = false;
    await overdue([id]);
    await here.reconciler.reconcile();
    expect(here.queue.added.at(-1)?.executionId).toBe(id);
  });

  it('lets a long backlog be: while the queue holds knocks enough it adds none, and into an empty one only a few', async () => {
    const org = await TestOrg.create(here);
    const ids = await Promise.all(Array.from({ length: 25 }, () => startRun(here, org)));
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
    const id = await startRun(here, org);
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
