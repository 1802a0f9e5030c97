import type { DataSource, DeleteQueryBuilder, EntityManager, UpdateQueryBuilder } from 'typeorm';
import { newId } from '#platform/ids';
import { DATABASE, type Database } from '#platform/database';
import { acrossOrgs, OrgContext, OrgDatabase } from '#tenancy';
import { type InProcess, startInProcess } from '../support/start-in-process.js';
import { openApplicationLocks } from './application-locks.js';
import { inParallel } from './in-parallel.js';
import { makeOrganisation, type Organisation } from './organisation.js';
import { changedTables, printRows, type RowPrints, scopedTables } from './organisation-rows.js';
import { closeConnections, send } from './raw-request.js';
import { type Outcome, outcomeOf } from './statement-outcome.js';
import { stores } from './stores.js';

const FAILURES = 1_000;
const REQUESTS = 200;
/** Row-level security or a missing right, a key that is taken, a reference to nothing of one's own. */
const REFUSED = ['42501', '23505', '23503'];
const REASON = 'the test looks at the rows that it attacks';

/**
 * The application's lock is open for the whole file: no filter, no subscriber. What stands between two organisations is
 * Postgres alone. Real: application and database, each kind of it.
 */
describe.each(stores)('the database alone, on %s', (_name, setup, run) => {
  (run ? describe : describe.skip)('with the application’s locks open', () => {
    let running: InProcess;
    let database: OrgDatabase;
    let dataSource: DataSource;
    let tables: string[];
    let mine: Organisation;
    let theirs: Organisation;
    let before: RowPrints;
    let close = (): void => undefined;

    beforeAll(async () => {
      running = await startInProcess(setup);
      database = running.app.get(OrgDatabase);
      ({ dataSource } = running.app.get<Database>(DATABASE));
      mine = await makeOrganisation(running.app, running.url, 'alpha');
      theirs = await makeOrganisation(running.app, running.url, 'bravo');
      tables = await scopedTables(running.app);
      before = await printRows(running.app, theirs.ids.orgId);
      close = openApplicationLocks(running.app);
    });

    afterAll(async () => {
      close();
      closeConnections();
      await running?.stop();
    });

    afterEach(async () => {
      expect(changedTables(before, await printRows(running.app, theirs.ids.orgId))).toEqual([]);
    });

    /** In a transaction of organisation A, as everything that A asks for runs. */
    const asMine = <T>(work: (manager: EntityManager) => Promise<T>): Promise<T> =>
      OrgContext.run(mine.ids.orgId, () => database.transaction(work));
    const attempt = (sql: string, parameters: unknown[] = []): Promise<Outcome> =>
      outcomeOf(() => asMine((manager) => manager.query(sql, parameters)));
    const systemRows = <R>(sql: string, parameters: unknown[] = []): Promise<R[]> =>
      database.acrossOrgsStatement<R>(REASON, sql, parameters);

    it('guards at least the tables of this application', () => {
      expect(tables).toEqual(
        expect.arrayContaining(['agent', 'api_key', 'execution', 'execution_event', 'idempotency_key']),
      );
      expect(
        Object.entries(before).filter(([table, print]) => tables.includes(table) && print.startsWith('0 ')),
      ).toEqual([]);
    });

    it('shows A nothing of B, however it is asked', async () => {
      const foreign = [theirs.ids.orgId];
      for (const table of tables) {
        const asked: Outcome[] = await Promise.all([
          attempt(`SELECT count(*)::int AS n FROM "${table}" WHERE org_id = $1`, foreign),
          attempt(`SELECT count(*)::int AS n FROM "${table}" t WHERE t.org_id <> $1`, [mine.ids.orgId]),
          attempt(`SELECT (string_agg(org_id::text, ',') LIKE '%' || $1 || '%')::int AS n FROM "${table}"`, foreign),
          attempt(`SELECT EXISTS (SELECT FROM "${table}" WHERE org_id = $1)::int AS n`, foreign),
          attempt(
            `WITH x AS (SELECT * FROM "${table}" UNION ALL SELECT * FROM "${table}") SELECT count(*)::int AS n FROM x WHERE org_id = $1`,
            foreign,
          ),
          attempt(
            `SELECT count(*)::int AS n FROM organization o LEFT JOIN LATERAL (SELECT * FROM "${table}" WHERE org_id = $1) x ON true WHERE x.org_id IS NOT NULL`,
            foreign,
          ),
        ]);
        expect({ table, asked }).toEqual({ table, asked: asked.map(() => ({ rows: [{ n: 0 }] })) });
        expect(await attempt(`SELECT DISTINCT org_id AS id FROM "${table}"`)).toEqual({
          rows: [{ id: mine.ids.orgId }],
        });
      }
      expect(await attempt('SELECT id FROM organization')).toEqual({ rows: [{ id: mine.ids.orgId }] });
    });

    it('lets A change, take, give away and make nothing of B’s', async () => {
      const [own, foreign] = [mine.ids.orgId, theirs.ids.orgId];
      const refusals: string[] = [];
      for (const table of [...tables, 'organization']) {
        const column = table === 'organization' ? 'id' : 'org_id';
        const statements: [string, unknown[]][] = [
          [`UPDATE "${table}" SET ${column} = ${column} WHERE ${column} = $1`, [foreign]],
          [`UPDATE "${table}" SET ${column} = $1 WHERE ${column} = $1`, [foreign]],
          [`UPDATE "${table}" SET ${column} = $2 WHERE ${column} = $1`, [foreign, own]],
          [`UPDATE "${table}" SET ${column} = $1 WHERE ${column} = $2`, [foreign, own]],
          [`DELETE FROM "${table}" WHERE ${column} = $1`, [foreign]],
          [`DELETE FROM "${table}" t USING organization o WHERE t.${column} <> $1`, [own]],
          [`TRUNCATE "${table}" CASCADE`, []],
        ];
        for (const [sql, parameters] of statements) {
          const outcome = await attempt(sql, parameters);
          const isRefused =
            'code' in outcome ? REFUSED.includes(outcome.code) : 'affected' in outcome && outcome.affected === 0;
          if (!isRefused) refusals.push(`${sql}: ${JSON.stringify(outcome)}`);
        }
      }
      expect(refusals).toEqual([]);
    });

    it('lets A insert no row for B, and none over one of B’s', async () => {
      const wrong: string[] = [];
      for (const table of tables) {
        const [row] = await systemRows<{ theirs: string }>(
          `SELECT to_json(t)::text AS theirs FROM "${table}" t WHERE org_id = $1 LIMIT 1`,
          [theirs.ids.orgId],
        );
        const keys = await primaryKeyOf(table);
        const values = JSON.parse(row?.theirs ?? '{}') as Record<string, unknown>;
        const insert = `INSERT INTO "${table}" SELECT * FROM json_populate_record(NULL::"${table}", $1::json)`;
        const upsert = `${insert} ON CONFLICT (${keys.join(', ')}) DO UPDATE SET org_id = excluded.org_id`;
        const fresh = { ...values, ...('id' in values && { id: newId() }) };
        const attempts: [string, string, object][] = [
          ['a new row for B', insert, fresh],
          ['the same row again', insert, values],
          ['an upsert over the row', upsert, values],
          ['an upsert that takes the row', upsert, { ...values, org_id: mine.ids.orgId }],
        ];
        for (const [told, sql, record] of attempts) {
          const outcome = await attempt(sql, [JSON.stringify(record)]);
          // A key that contains the organisation is another key under A: then the row is A's own and B's stays.
          const isOwn = keys.includes('org_id') && told.includes('takes');
          const isRefused = 'code' in outcome && REFUSED.includes(outcome.code);
          if (!isRefused && !isOwn) wrong.push(`${table}, ${told}: ${JSON.stringify(outcome)}`);
        }
      }
      expect(wrong).toEqual([]);
    });

    async function primaryKeyOf(table: string): Promise<string[]> {
      const rows = await systemRows<{ name: string }>(
        `SELECT a.attname AS name FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
          WHERE i.indrelid = $1::regclass AND i.indisprimary`,
        [table],
      );
      return rows.map(({ name }) => name);
    }

    it('holds for everything that TypeORM does with an entity', async () => {
      const scoped = dataSource.entityMetadatas.filter(({ columns }) =>
        columns.some(({ propertyName }) => propertyName === 'orgId'),
      );
      expect(scoped.length).toBeGreaterThanOrEqual(10);
      const foreign = { orgId: theirs.ids.orgId };
      const byBuilder = <E extends object>(query: DeleteQueryBuilder<E> | UpdateQueryBuilder<E>): Promise<unknown> =>
        query.where('org_id = :orgId', foreign).execute();
      for (const { target, name, tableName } of scoped) {
        const found = await asMine(async (manager) => {
          const rows = manager.getRepository<{ orgId: string }>(target);
          const query = () => rows.createQueryBuilder('t').where('t.org_id = :orgId', foreign);
          return {
            find: (await rows.find()).filter(({ orgId }) => orgId !== mine.ids.orgId),
            findBy: await rows.findBy(foreign),
            findOneBy: await rows.findOneBy(foreign),
            count: await rows.countBy(foreign),
            exists: await rows.existsBy(foreign),
            getMany: await query().getMany(),
            getRawMany: await query().getRawMany(),
            getCount: await query().getCount(),
            together: (await Promise.all(Array.from({ length: 20 }, () => rows.countBy(foreign)))).filter(
              (count) => count > 0,
            ),
          };
        });
        expect({ name, found }).toEqual({
          name,
          found: {
            ...{
              find: [],
              findBy: [],
              findOneBy: null,
              count: 0,
              exists: false,
              getMany: [],
              getRawMany: [],
              getCount: 0,
            },
            together: [],
          },
        });

        const [their] = await acrossOrgs('the test looks at the rows that it attacks', () =>
          database.transaction((manager) =>
            manager.getRepository<{ orgId: string }>(target).find({ where: foreign, take: 1 }),
          ),
        );
        const write = (work: (manager: EntityManager) => Promise<unknown>): Promise<Outcome> =>
          outcomeOf(() => asMine(work));
        const copy = (manager: EntityManager): object => manager.create(target, { ...their });
        const made = [
          await write((manager) => manager.getRepository(target).insert({ ...their })),
          await write((manager) => manager.getRepository(target).save(copy(manager))),
          await write((manager) =>
            manager
              .createQueryBuilder()
              .insert()
              .into(target)
              .values({ ...their })
              .execute(),
          ),
        ];
        expect({ tableName, made: made.filter((outcome) => !('code' in outcome)) }).toEqual({ tableName, made: [] });
        const changed = [
          await write((manager) => manager.getRepository(target).delete(foreign)),
          await write((manager) => byBuilder(manager.createQueryBuilder().delete().from(target))),
          await write((manager) =>
            byBuilder(
              manager
                .createQueryBuilder()
                .update(target)
                .set({ orgId: () => 'org_id' }),
            ),
          ),
        ];
        const effects = changed.filter(
          (outcome) => !('code' in outcome) && !('affected' in outcome && outcome.affected === 0),
        );
        expect({ tableName, effects }).toEqual({ tableName, effects: [] });
        // It answers with the entity whether there was a row or not; the rows are compared after the test.
        await write((manager) => manager.getRepository(target).remove(copy(manager)));
      }
    });

    it('shows nobody anything while no organisation is open', async () => {
      for (const table of [...tables, 'organization']) {
        expect({ table, rows: await dataSource.query(`SELECT * FROM "${table}"`) }).toEqual({ table, rows: [] });
      }
      const nobody = await outcomeOf(() =>
        dataSource.query(`INSERT INTO team (id, org_id, name, description) VALUES ($1, $2, 'x', '')`, [
          newId(),
          theirs.ids.orgId,
        ]),
      );
      expect(nobody).toEqual({ code: '42501' });
      for (const value of ['', 'null', theirs.ids.orgId.slice(0, 8), `${theirs.ids.orgId}'`, '%']) {
        const outcome = await outcomeOf(() =>
          dataSource.transaction(async (manager) => {
            await manager.query(`SELECT set_config('app.org_id', $1, true)`, [value]);
            return (await manager.query('SELECT * FROM agent')) as unknown[];
          }),
        );
        expect([{ rows: [] }, { code: '22P02' }]).toContainEqual(outcome);
      }
      await expect(database.transaction((manager) => manager.query('SELECT 1'))).rejects.toThrow(
        /No organisation is open/,
      );
    });

    it(`leaves no organisation on a connection after ${FAILURES} failures`, async () => {
      const failing = [
        (): Promise<unknown> => asMine(() => Promise.reject(new Error('on purpose'))),
        (): Promise<unknown> => asMine((manager) => manager.query('SELECT 1 / 0')),
        (): Promise<unknown> => asMine((manager) => manager.query('SELECT nothing FROM nowhere')),
        (): Promise<unknown> =>
          acrossOrgs('the test looks at the rows that it attacks', () =>
            database.transaction(() => Promise.reject(new Error('across, on purpose'))),
          ),
        (): Promise<unknown> =>
          asMine(async (manager) => {
            await manager.query(`SELECT set_config('app.org_id', $1, true)`, [theirs.ids.orgId]);
            throw new Error('with another organisation, on purpose');
          }),
      ];
      const attempts = Array.from(
        { length: FAILURES },
        (_none, index) => failing[index % failing.length] ?? failing[0],
      );
      const failed = await inParallel(attempts, async (fail) =>
        (fail ? fail() : undefined)?.then(
          () => false,
          () => true,
        ),
      );
      expect(failed.every(Boolean)).toBe(true);

      const borrowers = running.foundation.database.embedded ? 1 : running.foundation.settings.database.poolSize;
      const left = await Promise.all(
        Array.from({ length: borrowers }, () =>
          dataSource.query<{ org: string; role: string }[]>(
            `SELECT coalesce(current_setting('app.org_id', true), '') AS org, current_role::text AS role, pg_sleep(0.05)::text AS pause`,
          ),
        ),
      );
      const expected = { org: '', role: 'agentflow_app', pause: '' };
      expect(left.flat()).toEqual(Array.from({ length: borrowers }, () => expected));
    });

    it(`keeps two organisations apart in ${REQUESTS} requests each at the same time`, async () => {
      const asked = Array.from({ length: 2 * REQUESTS }, (_none, index) =>
        index % 2 === 0 ? { who: mine, other: theirs } : { who: theirs, other: mine },
      );
      closeConnections();
      const answers = await Promise.all(
        asked.map(async ({ who, other }) => {
          const { text } = await send(running.url, { method: 'GET', path: '/api/v1/agents', token: who.client.token });
          return text.includes(who.marker) && !text.includes(other.marker) && !text.includes(other.ids.agentId);
        }),
      );
      expect(answers.filter((isRight) => !isRight)).toEqual([]);
    });

    it('refuses a row that points at one of B’s', async () => {
      const pointers = await systemRows<{
        child: string;
        column: string;
        parent: string;
        composite: boolean;
        name: string;
      }>(
        `SELECT c.conrelid::regclass::text AS child, c.confrelid::regclass::text AS parent, c.conname AS name,
                bool_or(child.attname = 'org_id' AND parent.attname = 'org_id') AS composite,
                max(child.attname) FILTER (WHERE child.attname <> 'org_id') AS "column"
           FROM pg_constraint c
           JOIN LATERAL unnest(c.conkey, c.confkey) AS k(child, parent) ON true
           JOIN pg_attribute child ON child.attrelid = c.conrelid AND child.attnum = k.child
           JOIN pg_attribute parent ON parent.attrelid = c.confrelid AND parent.attnum = k.parent
          WHERE c.contype = 'f' AND c.conrelid::regclass::text = ANY ($1) AND c.confrelid::regclass::text = ANY ($1)
          GROUP BY c.oid, c.conrelid, c.confrelid, c.conname`,
        [tables],
      );
      expect(pointers.length).toBeGreaterThanOrEqual(7);
      expect(
        pointers
          .filter(({ composite }) => !composite)
          .map(({ name }) => `${name}: make it (org_id, …) REFERENCES … (org_id, id)`),
      ).toEqual([]);
      for (const { child, column, parent } of pointers) {
        const [theirRow] = await systemRows<{ id: string }>(`SELECT id FROM ${parent} WHERE org_id = $1 LIMIT 1`, [
          theirs.ids.orgId,
        ]);
        const outcome = await attempt(`UPDATE ${child} SET ${column} = $1 WHERE org_id = $2`, [
          theirRow?.id,
          mine.ids.orgId,
        ]);
        expect({ child, column, refused: 'code' in outcome && ['23503', '23505'].includes(outcome.code) }).toEqual({
          child,
          column,
          refused: true,
        });
      }
    });
  });
});
