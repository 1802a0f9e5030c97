/** Real: Postgres and PGlite with the project's migrations, journal and partitions. Nothing is faked. */
import { randomBytes } from 'node:crypto';
import { createLogger } from '#platform/logging';
import { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { Journal } from '../journal/journal.js';
import { stepRow } from '../journal/journal-rows.js';
import { PayloadOutbox } from '../payloads/payload-outbox.js';
import { ExecutionsTestProcess } from '../testing/executions-test-process.js';
import { testStep } from '../testing/step.factory.js';
import { TestOrg } from '../testing/test-org.js';
import { OrgDatabase } from '#tenancy';
import { EndpointDeliveries } from '#webhooks';
import { RetentionTask } from './retention.task.js';
import { RunHistoryRepository } from './run-history.repository.js';

const USAGE = '{"inputTokens":0,"outputTokens":0,"cachedInputTokens":0,"costMicroUsd":0}';

/** A UUIDv7 of that moment. */
function idAt(moment: string): string {
  const hex = Date.parse(moment).toString(16).padStart(12, '0') + '7' + randomBytes(10).toString('hex').slice(1);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

describe.each(['postgres', 'embedded'] as const)('The history of runs on %s', (kind) => {
  let testDatabase: TestDatabase;
  let process: ExecutionsTestProcess;
  let org: TestOrg;
  let history: RunHistoryRepository;

  beforeAll(async () => {
    testDatabase = await TestDatabase.create(kind);
    process = await ExecutionsTestProcess.start(testDatabase);
    org = await TestOrg.create(process);
    history = new RunHistoryRepository(process.get(OrgDatabase));
  });

  afterAll(async () => {
    await process.stop();
    await testDatabase.drop();
  });

  async function finishedRun(moment: string): Promise<string> {
    const executionId = idAt(moment);
    const accept = org.row({ createdAt: Date.parse(moment) });
    const finish = {
      status: 'succeeded' as const,
      outputJson: '1',
      errorJson: null,
      usageJson: USAGE,
      lastSeq: 1,
      finishedAt: Date.parse(moment),
    };
    const events = { firstSeq: 1, lastSeq: 1, json: '[{"seq":1,"type":"execution-end"}]' };
    const outbox = new PayloadOutbox();
    const steps = [stepRow(testStep('a', { output: 'x'.repeat(100_000) }), outbox)];
    const entry = { executionId, attempt: 1, accept, finish, events, steps, logs: [], payloads: outbox.take() };
    await process.get(Journal).write(entry);
    return executionId;
  }

  async function waitingRun(moment: string): Promise<string> {
    const id = await finishedRun(moment);
    await process.query(`UPDATE execution SET status = 'waiting', finished_at = NULL WHERE id = $1 RETURNING id`, [id]);
    return id;
  }

  const month = (day: string): Promise<unknown> => process.query(`SELECT create_run_partitions($1::date)`, [day]);
  const partitions = async (): Promise<string[]> =>
    (
      await process.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relname ~ '^execution_event_\\d{4}_\\d{2}$' AND relkind = 'r' ORDER BY 1`,
      )
    ).map(({ name }) => name);
  const tidy = (): Promise<void> =>
    new RetentionTask(
      history,
      process.get(EndpointDeliveries),
      testDatabase.settings({}),
      createLogger('silent'),
    ).tidy();
  const leftOf = async (id: string): Promise<number> => {
    const [row] = await process.query<{ rows: number }>(
      `SELECT ((SELECT count(*) FROM execution WHERE id = $1) + (SELECT count(*) FROM execution_step WHERE execution_id = $1)
             + (SELECT count(*) FROM execution_event WHERE execution_id = $1)
             + (SELECT count(*) FROM execution_payload x JOIN payload p ON p.hash = x.hash AND p.month = run_month(x.execution_id) WHERE x.execution_id = $1))::int AS rows`,
      [id],
    );
    return row?.rows ?? 0;
  };

  it('has room for this month and the next two, and what a run leaves lies in its month', async () => {
    await tidy();
    expect((await partitions()).length).toBeGreaterThanOrEqual(3);
    const id = await finishedRun(new Date().toISOString());
    const [row] = await process.query<{ partition: string }>(
      `SELECT tableoid::regclass::text AS partition FROM execution_event WHERE execution_id = $1`,
      [id],
    );
    expect(row?.partition).toBe(`execution_event_${new Date().toISOString().slice(0, 7).replace('-', '_')}`);
  });

  it('lets go of a month that need not be kept, with everything that belonged to its runs', async () => {
    await month('2024-01-01');
    const old = await finishedRun('2024-01-31T23:59:59.999Z');
    const young = await finishedRun(new Date().toISOString());
    await tidy();
    expect([await leftOf(old), await leftOf(young)]).toEqual([0, 4]);
    expect(await partitions()).not.toContain('execution_event_2024_01');
  });

  it('keeps a month as long as one of its runs waits', async () => {
    await month('2024-03-01');
    const [waiting, ended] = [await waitingRun('2024-03-05T00:00:00Z'), await finishedRun('2024-03-06T00:00:00Z')];
    await tidy();
    expect([await leftOf(waiting), await leftOf(ended)]).toEqual([4, 4]);
  });

  it('is closed to the application beside its run: no right on a partition itself', async () => {
    const rights = await process.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c WHERE c.relispartition AND c.relkind = 'r'
          AND has_table_privilege('agentflow_app', c.oid, 'SELECT, INSERT, UPDATE, DELETE')`,
    );
    expect(rights).toEqual([]);
  });
});
