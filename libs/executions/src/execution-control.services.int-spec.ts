/** Real: Postgres, migrations, tenancy, journal, cancelling, retrying, takeover, kernel, in-process events; several "processes" on one database. Fake: outside world, whose "model" keeps a record of its call, and queue. */
import { StepError } from '#kernel';
import { edges, FakeStepServices, node } from '../../kernel/src/testing/index.js';
import { eventually } from '../../platform/src/testing/eventually.js';
import { TestDatabase } from '../../platform/src/testing/test-database.js';
import { currentRun } from './current-run.js';
import { ExecutionControl } from './execution-control.js';
import { testCall } from './testing/call-record.factory.js';
import { ExecutionsTestProcess } from './testing/executions-test-process.js';
import { hangsOnce, urlsOf } from './testing/outside-world.js';
import { TestOrg } from './testing/test-org.js';
import { eventTypesOf, readRun, startRun, takeRun } from './testing/test-runs.js';

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

describe('A cancelled run', () => {
  it('that waits ends at once, with an end in its log and no step', async () => {
    const org = await TestOrg.create(here);
    const id = await startRun(here, org);
    await org.as(() => here.get(ExecutionControl).cancel(id));
    expect(await readRun(here, org, id)).toMatchObject({
      status: 'cancelled',
      cancelRequested: true,
      error: { code: 'run.cancelled' },
    });
    expect(await eventTypesOf(here, org, id)).toEqual(['execution-start', 'execution-end']);
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
      const id = await startRun(here, org);
      const taken = takeRun(owner, org, id);
      await eventually(() => urlsOf(owner).some((url) => url.endsWith('/second')));
      await org.as(() => (isAskedHere ? owner : here).get(ExecutionControl).cancel(id));
      await taken;
      expect(await readRun(here, org, id)).toMatchObject({ status: 'cancelled' });
      await owner.stop();
    }
  });

  it('of another organisation is not found', async () => {
    const [mine, theirs] = [await TestOrg.create(here), await TestOrg.create(here)];
    const id = await startRun(here, theirs);
    await expect(mine.as(() => here.get(ExecutionControl).cancel(id))).rejects.toMatchObject({
      code: 'execution.not_found',
    });
    expect(await readRun(here, theirs, id)).toMatchObject({ status: 'queued', cancelRequested: false });
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
    const id = await startRun(process, org);
    await takeRun(process, org, id);
    expect(await readRun(here, org, id)).toMatchObject({
      status: 'failed',
      error: { code: 'http.status', stepId: 'second' },
    });

    isBroken = false;
    const again = await org.as(() => process.get(ExecutionControl).retry(id));
    expect(process.queue.added.at(-1)).toMatchObject({ executionId: again, id: `${again}.0` });
    await takeRun(process, org, again);
    expect(await readRun(here, org, again)).toMatchObject({
      status: 'succeeded',
      retryOf: id,
      trigger: 'retry',
      attempt: 1,
    });
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
    const id = await startRun(process, org);
    await takeRun(process, org, id);
    expect(await readRun(here, org, id)).toMatchObject({
      status: 'failed',
      usage: { inputTokens: 10, outputTokens: 5 },
    });
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
    await takeRun(process, org, again);
    expect(outside.generateCalls).toHaveLength(1);
    expect(await readRun(here, org, again)).toMatchObject({
      status: 'succeeded',
      usage: { inputTokens: 0, outputTokens: 0 },
    });
    await process.stop();
  });
});
