/** Real: Postgres, migrations, tenancy, journal, kernel with its kinds. Fake: outside world and queue. */
import type { Graph } from '#kernel';
import { edges, FakeStepServices, node } from '../../kernel/src/testing/index.js';
import { TestDatabase } from '../../platform/src/testing/test-database.js';
import { StepsQuery } from './dto/steps-query.dto.js';
import { ExecutionTakeover } from './execution-takeover.js';
import { ExecutionsService } from './executions.service.js';
import { StepsQueries } from './steps.queries.js';
import { ExecutionsTestProcess } from './testing/executions-test-process.js';
import { TestOrg } from './testing/test-org.js';

const mapsAndWaits: Graph = {
  nodes: [
    node('start', 'start'),
    node('all', 'map', { items: '[1..250]', node: { kind: 'transform', config: { expression: 'vars.item' } } }),
    node('ask', 'approval', { title: 'Sure?' }),
    node('output', 'output', { expression: '1' }),
  ],
  edges: edges('start > all > ask', 'ask.approved > output', 'ask.rejected > output', 'ask.timeout > output'),
};

describe('The steps of a run', () => {
  let testDatabase: TestDatabase;
  let process: ExecutionsTestProcess;
  let org: TestOrg;
  let id: string;

  beforeAll(async () => {
    testDatabase = await TestDatabase.create();
    process = await ExecutionsTestProcess.start(testDatabase, { outside: new FakeStepServices() });
    org = await TestOrg.create(process, mapsAndWaits);
    const command = { agentId: org.agentId, input: {}, mode: 'background' as const, trigger: 'api' };
    id = (await org.as(() => process.get(ExecutionsService).start(command))).executionId;
    await org.as(() => process.get(ExecutionTakeover).take(id));
  });

  afterAll(async () => {
    await process.stop();
    await testDatabase.drop();
  });

  const page = (query: Partial<StepsQuery>, of = org): ReturnType<StepsQueries['page']> =>
    of.as(() => process.get(StepsQueries).page(id, Object.assign(new StepsQuery(), query)));

  it('come in pages, each once, those under way on the last one', async () => {
    const paths: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const { data, nextCursor } = await page({ limit: 100, cursor });
      paths.push(...data.map(({ path }) => path));
      cursor = nextCursor ?? undefined;
      pages += 1;
    } while (cursor !== undefined);
    expect(pages).toBe(3);
    expect(new Set(paths).size).toBe(253);
    expect(paths).toHaveLength(253);
    expect(paths[0]).toBe('start');
    expect(paths.at(-1)).toBe('ask');
  });

  it('are asked for one by one, whether finished or under way', async () => {
    expect((await page({ path: 'all/7' })).data).toMatchObject([{ path: 'all/7', output: 8 }]);
    expect((await page({ path: 'ask' })).data).toMatchObject([{ path: 'ask', status: 'running' }]);
    expect((await page({ path: 'nowhere' })).data).toEqual([]);
  });

  it('are asked for by node, without what is inside of nodes', async () => {
    const { data } = await page({ of: 'nodes' });
    expect(data.map(({ path }) => path).sort()).toEqual(['all', 'ask', 'start']);
  });

  it('are their organisation’s', async () => {
    const other = await TestOrg.create(process);
    await expect(page({}, other)).rejects.toMatchObject({ code: 'execution.not_found' });
  });
});
