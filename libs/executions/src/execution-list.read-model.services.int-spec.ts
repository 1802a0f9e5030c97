/** Real: Postgres with the project's migrations and row-level security, read model, cursors. Rows are inserted as they are. */
import { randomUUID } from 'node:crypto';
import { OrgDatabase } from '#tenancy';
import type { EntityManager } from 'typeorm';
import { onServer, TestDatabase } from '../../platform/src/testing/test-database.js';
import type { ListExecutionsQuery } from './dto/list-executions.dto.js';
import { type ExecutionListFilter, ExecutionListReadModel } from './execution-list.read-model.js';
import type { ExecutionStatus } from './execution-status.js';
import { ExecutionsQueries } from './executions.queries.js';
import { ExecutionsTestProcess } from './testing/executions-test-process.js';
import { TestOrg } from './testing/test-org.js';

const NOON = Date.UTC(2026, 0, 1, 12);

let testDatabase: TestDatabase;
let process: ExecutionsTestProcess;

beforeAll(async () => {
  testDatabase = await TestDatabase.create();
  process = await ExecutionsTestProcess.start(testDatabase);
});

afterAll(async () => {
  await process.stop();
  await testDatabase.drop();
});

function idAt(moment: number): string {
  const time = moment.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

async function addRuns(org: TestOrg, runs: readonly { at: number; status?: ExecutionStatus }[]): Promise<string[]> {
  const rows = runs.map(({ at, status = 'succeeded' }) => ({
    id: idAt(at),
    status,
    created_at: new Date(at).toISOString(),
  }));
  await process.query(
    `INSERT INTO execution (id, org_id, agent_id, version_id, version, status, mode, trigger, usage, created_at)
     SELECT r.id, $2, $3, $4, 1, r.status, 'background', 'api', '{}', r.created_at
       FROM json_to_recordset($1::json) AS r(id uuid, status text, created_at timestamptz)`,
    [JSON.stringify(rows), org.id, org.agentId, org.versionId],
  );
  return rows.map(({ id }) => id);
}

const query = (values: Partial<ListExecutionsQuery> = {}): ListExecutionsQuery => ({ limit: 100, ...values });

async function allPages(org: TestOrg, values: Partial<ListExecutionsQuery> = {}): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await org.as(() =>
      process.get(ExecutionsQueries).list(query({ ...values, ...(cursor && { cursor }) })),
    );
    ids.push(...page.data.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
    expect(page.hasMore).toBe(cursor !== undefined);
  } while (cursor !== undefined);
  return ids;
}

describe('The list of runs', () => {
  it('pages through 500 runs of one millisecond: each once, newest first, the last page without a cursor', async () => {
    const org = await TestOrg.create(process);
    const ids = await addRuns(
      org,
      Array.from({ length: 500 }, () => ({ at: NOON })),
    );
    const seen = await allPages(org, { limit: 47 });
    expect(seen).toEqual([...ids].sort().reverse());
  });

  it('is not disturbed by runs that begin while somebody pages', async () => {
    const org = await TestOrg.create(process);
    const ids = await addRuns(
      org,
      Array.from({ length: 6 }, (_, index) => ({ at: NOON + index })),
    );
    const first = await org.as(() => process.get(ExecutionsQueries).list(query({ limit: 3 })));
    await addRuns(org, [{ at: NOON + 100 }]);
    const second = await org.as(() =>
      process.get(ExecutionsQueries).list(query({ limit: 3, cursor: first.nextCursor ?? '' })),
    );
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual([...ids].reverse());
  });

  it('filters by status, agent and time, from the first millisecond to before the last', async () => {
    const org = await TestOrg.create(process);
    const [a, b, c] = await addRuns(org, [
      { at: NOON, status: 'failed' },
      { at: NOON + 1, status: 'timed_out' },
      { at: NOON + 2, status: 'succeeded' },
    ]);
    expect(await allPages(org, { status: ['failed'] })).toEqual([a]);
    expect(await allPages(org, { status: ['failed', 'timed_out'] })).toEqual([b, a]);
    expect(await allPages(org, { from: new Date(NOON + 1) })).toEqual([c, b]);
    expect(await allPages(org, { to: new Date(NOON + 1) })).toEqual([a]);
    expect(await allPages(org, { from: new Date(NOON + 1), to: new Date(NOON + 2) })).toEqual([b]);
    expect(await allPages(org, { agentId: org.agentId })).toHaveLength(3);
    expect(await allPages(org, { agentId: randomUUID() })).toEqual([]);
    expect(await allPages(org, { from: new Date(-5), to: new Date(8.64e15) })).toHaveLength(3);
  });

  it('leaves out the runs that steps of others started, or shows those of one run alone', async () => {
    const org = await TestOrg.create(process);
    const [parent, child, other] = await addRuns(org, [{ at: NOON }, { at: NOON + 1 }, { at: NOON + 2 }]);
    await process.query(`UPDATE execution SET parent_id = $1 WHERE id = $2 RETURNING id`, [parent, child]);
    expect(await allPages(org, { topLevel: true })).toEqual([other, parent]);
    expect(await allPages(org, { parentId: parent })).toEqual([child]);
    expect(await allPages(org, { topLevel: false })).toHaveLength(3);
  });

  it('refuses the cursor of another organisation', async () => {
    const [mine, theirs] = [await TestOrg.create(process), await TestOrg.create(process)];
    await addRuns(theirs, [{ at: NOON }, { at: NOON }]);
    const { nextCursor } = await theirs.as(() => process.get(ExecutionsQueries).list(query({ limit: 1 })));
    const asked = mine.as(() => process.get(ExecutionsQueries).list(query({ cursor: nextCursor ?? '' })));
    await expect(asked).rejects.toMatchObject({ code: 'request.invalid_cursor' });
  });

  describe('with many runs', () => {
    let org: TestOrg;

    beforeAll(async () => {
      org = await TestOrg.create(process);
      const statuses: ExecutionStatus[] = ['succeeded', 'failed', 'cancelled'];
      for (const each of [org, await TestOrg.create(process), await TestOrg.create(process)]) {
        await addRuns(
          each,
          Array.from({ length: 8_000 }, (_, index) => ({
            at: NOON + index,
            status: statuses[index % 200 === 0 ? 1 : 0],
          })),
        );
      }
      await onServer('ANALYZE execution', testDatabase.url);
    });

    const last = idAt(NOON + 30);

    it.each<[string, ExecutionListFilter, string | null, string]>([
      ['the first page', {}, null, 'execution_org_id_id_key'],
      ['the last page', {}, last, 'execution_org_id_id_key'],
      ['one status', { status: ['failed'] }, null, 'execution_org_id_status_idx'],
      ['one status, the last page', { status: ['failed'] }, last, 'execution_org_id_status_idx'],
      ['a time', { from: new Date(NOON + 5_000), to: new Date(NOON + 6_000) }, null, 'execution_org_id_id_key'],
    ])('reads %s as a range of an index, without sorting', async (_what, filter, before, index) => {
      const plan = await planOf(org, filter, before);
      expect(plan).toContain(index);
      expect(plan).not.toMatch(/Sort|Seq Scan on execution|Bitmap/);
    });
  });
});

/** How Postgres would answer, as the application's role and behind its row-level security. */
async function planOf(org: TestOrg, filter: ExecutionListFilter, beforeId: string | null): Promise<string> {
  let asked: { sql: string; parameters: unknown[] } | undefined;
  const listening = {
    transaction: (work: (manager: EntityManager) => Promise<unknown>) =>
      work({
        query: (sql: string, parameters: unknown[]) => {
          asked = { sql, parameters };
          return Promise.resolve([]);
        },
      } as unknown as EntityManager),
  };
  await org.as(() => new ExecutionListReadModel(listening as unknown as OrgDatabase).find(filter, beforeId, 21));
  const rows = await org.as(() =>
    process
      .get(OrgDatabase)
      .transaction(async (manager) =>
        manager.query<{ 'QUERY PLAN': string }[]>(`EXPLAIN ${asked?.sql}`, asked?.parameters),
      ),
  );
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}
