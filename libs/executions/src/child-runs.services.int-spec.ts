/** Real: Postgres, migrations, tenancy, journal, kernel with its kinds, in-process events; two "processes" on one database. Fake: outside world and queue, whose jobs the test takes itself. */
import type { Graph } from '#kernel';
import { edges, node } from '../../kernel/src/testing/index.js';
import { eventually } from '../../platform/src/testing/eventually.js';
import { TestDatabase } from '../../platform/src/testing/test-database.js';
import { ExecutionControl } from './execution-control.js';
import { ExecutionsTestProcess } from './testing/executions-test-process.js';
import { TestOrg } from './testing/test-org.js';
import { readRun, startRun, takeRun } from './testing/test-runs.js';

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

const start = (org: TestOrg, input: unknown = {}): Promise<string> => startRun(here, org, { input });
const take = (org: TestOrg, id: string, process = here): Promise<boolean> => takeRun(process, org, id);
const read = (org: TestOrg, id: string): ReturnType<typeof readRun> => readRun(here, org, id);

/** The run that this one has started, once its row is there. */
async function childOf(id: string): Promise<string> {
  let child: string | undefined;
  await eventually(async () => {
    const rows = await here.query<{ id: string }>(`SELECT id FROM execution WHERE parent_id = $1`, [id]);
    child = rows[0]?.id;
    return child !== undefined;
  });
  return child as string;
}

function callsAgent(agentId: string): Graph {
  return {
    nodes: [
      node('start', 'start'),
      node('other', 'sub-agent', { agentId, input: '{ "n": input.n }' }),
      node('output', 'output', { expression: 'steps.other' }),
    ],
    edges: edges('start > other > output'),
  };
}

const doubles: Graph = {
  nodes: [node('start', 'start'), node('output', 'output', { expression: 'input.n * 2' })],
  edges: edges('start > output'),
};

const asks: Graph = {
  nodes: [
    node('start', 'start'),
    node('ask', 'approval', { title: 'Sure?' }),
    node('output', 'output', { expression: '1' }),
  ],
  edges: edges('start > ask', 'ask.approved > output', 'ask.rejected > output', 'ask.timeout > output'),
};

/** An organisation whose agent calls another one of it. */
async function pair(other: Graph): Promise<TestOrg> {
  const org = await TestOrg.create(here);
  const agentId = await org.addAgent(here, other);
  const parent = await org.addAgent(here, callsAgent(agentId));
  return Object.assign(org, { agentId: parent });
}

describe('A step that runs another agent', () => {
  it('waits for a run of its own and continues with its output', async () => {
    const org = await pair(doubles);
    const id = await start(org, { n: 21 });
    await take(org, id);
    expect(await read(org, id)).toMatchObject({ status: 'waiting' });
    const child = await childOf(id);
    expect(await read(org, child)).toMatchObject({
      parentId: id,
      depth: 1,
      trigger: 'agent',
      status: 'queued',
      input: { n: 21 },
    });
    expect((await read(org, id)).waits).toMatchObject([{ kind: 'run', runId: child }]);
    await take(org, child, there);
    expect(await read(org, id)).toMatchObject({ status: 'queued' });
    await take(org, id);
    expect(await read(org, id)).toMatchObject({ status: 'succeeded', output: 42 });
  });

  it('fails with the reason when the agent is of another organisation', async () => {
    const theirs = await TestOrg.create(here, doubles);
    const org = await TestOrg.create(here, callsAgent(theirs.agentId));
    const id = await start(org);
    await take(org, id);
    await eventually(async () => (await read(org, id)).status === 'queued');
    await take(org, id);
    expect(await read(org, id)).toMatchObject({
      status: 'failed',
      error: { code: 'agent.not_found', stepId: 'other' },
    });
    expect(await here.query(`SELECT 1 FROM execution WHERE parent_id = $1`, [id])).toEqual([]);
  });

  it('fails when runs are nested too deep', async () => {
    const org = await pair(doubles);
    const id = await start(org);
    await here.query(`UPDATE execution SET depth = 8 WHERE id = $1 RETURNING id`, [id]);
    await take(org, id);
    await eventually(async () => (await read(org, id)).status === 'queued');
    await take(org, id);
    expect(await read(org, id)).toMatchObject({ status: 'failed', error: { code: 'run.limit_depth' } });
  });

  it('gets its run though the process died before it could start it, once however many reconcilers look', async () => {
    const org = await pair(doubles);
    const id = await start(org, { n: 1 });
    await take(org, id);
    const child = await childOf(id);
    await here.query(`DELETE FROM execution WHERE id = $1 RETURNING id`, [child]);
    await here.query(`UPDATE wait SET created_at = now() - interval '6 seconds' WHERE run_id = $1 RETURNING id`, [
      child,
    ]);
    await Promise.all([here.reconciler.reconcile(), there.reconciler.reconcile()]);
    expect(await childOf(id)).toBe(child);
    // Its own process dies before it tells the parent.
    await here.query(`UPDATE execution SET status = 'succeeded', output = '2' WHERE id = $1 RETURNING id`, [child]);
    await Promise.all([here.reconciler.reconcile(), there.reconciler.reconcile()]);
    await take(org, id);
    expect(await read(org, id)).toMatchObject({ status: 'succeeded', output: 2 });
  });
});

describe('A cancelled run', () => {
  it('takes those below it with it, however deep', async () => {
    const org = await TestOrg.create(here);
    const lowest = await org.addAgent(here, asks);
    const middle = await org.addAgent(here, callsAgent(lowest));
    Object.assign(org, { agentId: await org.addAgent(here, callsAgent(middle)) });
    const id = await start(org);
    await take(org, id);
    const child = await childOf(id);
    await take(org, child);
    const grandchild = await childOf(child);
    await take(org, grandchild);
    expect(await read(org, grandchild)).toMatchObject({ status: 'waiting', depth: 2 });

    await org.as(() => there.get(ExecutionControl).cancel(id));
    expect(await read(org, id)).toMatchObject({ status: 'cancelled' });
    await take(org, child);
    expect(await read(org, child)).toMatchObject({ status: 'cancelled' });
    await take(org, grandchild);
    expect(await read(org, grandchild)).toMatchObject({ status: 'cancelled' });
    const waits = await here.query<{ state: string }>(
      `SELECT DISTINCT state FROM wait WHERE execution_id = ANY($1::uuid[])`,
      [[id, child, grandchild]],
    );
    expect(waits).toEqual([{ state: 'void' }]);
  });

  it('is an answer to the step that waits for it', async () => {
    const org = await pair(asks);
    const id = await start(org);
    await take(org, id);
    const child = await childOf(id);
    await take(org, child);
    await org.as(() => here.get(ExecutionControl).cancel(child));
    await take(org, id);
    expect(await read(org, id)).toMatchObject({ status: 'failed', error: { stepId: 'other' } });
  });
});
