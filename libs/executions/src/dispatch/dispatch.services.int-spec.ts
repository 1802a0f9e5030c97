/** Real: Postgres with the claiming function, journal, takeover, kernel; two "processes" on one database. Fake: outside world and queue. */
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '#platform/ids';
import { FakeStepServices } from '../../../kernel/src/testing/index.js';
import { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { ExecutionsService } from '../executions.service.js';
import { Journal } from '../journal/journal.js';
import { chainGraph, TestOrg } from '../testing/test-org.js';
import { ExecutionsTestProcess } from '../testing/executions-test-process.js';
import { ClaimsRepository } from './claims.repository.js';
import { RunDispatcher } from './run-dispatcher.js';

const LIMIT = 3;

let testDatabase: TestDatabase;
let here: ExecutionsTestProcess;
let there: ExecutionsTestProcess;
let underWay = 0;
let mostUnderWay = 0;

beforeEach(async () => {
  testDatabase = await TestDatabase.create();
  underWay = mostUnderWay = 0;
  const outside = new FakeStepServices({
    http: async () => {
      mostUnderWay = Math.max(mostUnderWay, ++underWay);
      await sleep(20);
      underWay -= 1;
      return {};
    },
  });
  const options = { environment: { ORG_CONCURRENT_RUNS: String(LIMIT), ORG_QUEUED_RUNS: '12' }, outside };
  here = await ExecutionsTestProcess.start(testDatabase, options);
  there = await ExecutionsTestProcess.start(testDatabase, options);
});

afterEach(async () => {
  await here.stop();
  await there.stop();
  await testDatabase.drop();
});

async function enqueue(org: TestOrg, count: number, agentId = org.agentId): Promise<void> {
  for (let each = 0; each < count; each += 1) {
    const accept = org.row({ mode: 'background', agentId });
    await here.get(Journal).write({ executionId: newId(), attempt: 0, accept, steps: [], logs: [] });
  }
}

const claim = (
  wanted: number,
  orgLimit: number,
  process = here,
): Promise<{ id: string; orgId: string; agentId: string }[]> =>
  process.get(ClaimsRepository).claim(wanted, newId(), 10_000, orgLimit);

describe('The runs that wait for a worker', () => {
  it('go round the organisations: one run of a quiet organisation does not wait for the hundred of a busy one', async () => {
    const [busy, quiet] = [await TestOrg.create(here), await TestOrg.create(here)];
    await enqueue(busy, 100);
    await enqueue(quiet, 1);
    const runs = await claim(2, 50);
    expect(new Set(runs.map(({ orgId }) => orgId))).toEqual(new Set([busy.id, quiet.id]));
    expect((await claim(10, 50)).every(({ orgId }) => orgId === busy.id)).toBe(true);
  });

  it('never exceed the limit of their organisation, and are claimed once, however many processes ask at the same moment', async () => {
    const org = await TestOrg.create(here);
    await enqueue(org, 30);
    const asked = Array.from({ length: 12 }, (_, index) => claim(4, 7, index % 2 === 0 ? here : there));
    const ids = (await Promise.all(asked)).flat().map(({ id }) => id);
    expect(ids).toHaveLength(7);
    expect(new Set(ids).size).toBe(7);
  });

  it("keep to the limit of an agent, which holds up no other agent's", async () => {
    const org = await TestOrg.create(here);
    const other = await org.addAgent(here, chainGraph());
    await here.query(`UPDATE agent SET max_concurrent_runs = 2 WHERE id = $1 RETURNING id`, [org.agentId]);
    await enqueue(org, 10);
    await enqueue(org, 3, other);
    const runs = await claim(20, 50);
    expect(runs.filter(({ agentId }) => agentId === org.agentId)).toHaveLength(2);
    expect(runs.filter(({ agentId }) => agentId === other)).toHaveLength(3);
  });

  it('all end although only a few may run at a time and most knocks find nothing to do', async () => {
    const org = await TestOrg.create(here);
    await enqueue(org, 12);
    await Promise.all(
      [here, there].flatMap((process) => Array.from({ length: 4 }, () => process.get(RunDispatcher).work())),
    );
    const rows = await here.query<{ status: string; count: number }>(
      `SELECT status, count(*)::int AS count FROM execution GROUP BY status`,
    );
    expect(rows).toEqual([{ status: 'succeeded', count: 12 }]);
    expect(mostUnderWay).toBe(LIMIT);
  });
});

describe('A start', () => {
  const start = (org: TestOrg, mode: 'interactive' | 'background'): ReturnType<ExecutionsService['start']> =>
    org.as(() => here.get(ExecutionsService).start({ agentId: org.agentId, input: {}, mode, trigger: 'api' }));

  it('goes to the queue while too many runs of its organisation are under way', async () => {
    const [org, other] = [await TestOrg.create(here), await TestOrg.create(here)];
    const started = [];
    for (let each = 0; each < LIMIT + 1; each += 1) started.push(await start(org, 'interactive'));
    expect(started.map(({ live }) => live !== null)).toEqual([true, true, true, false]);
    expect((await start(other, 'interactive')).live).not.toBeNull();
    await Promise.all(started.flatMap(({ live }) => (live ? [live.ended] : [])));
  });

  it('is refused with a time to try again when too many wait already, and leaves no row', async () => {
    const org = await TestOrg.create(here);
    for (let each = 0; each < 12; each += 1) await start(org, 'background');
    await expect(start(org, 'background')).rejects.toMatchObject({
      kind: 'limited',
      code: 'execution.queue_full',
      retryAfterSeconds: 5,
    });
    expect(await here.query(`SELECT id FROM execution`)).toHaveLength(12);
  });
});
