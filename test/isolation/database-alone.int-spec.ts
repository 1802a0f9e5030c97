import { newId } from '#platform/ids';
import { DatabaseAlone } from './database-alone.js';
import type { Outcome } from './statement-outcome.js';
import { stores } from './stores.js';

/** Row-level security or a missing right, a key that is taken, a reference to nothing of one's own. */
const REFUSED = ['42501', '23505', '23503'];

/**
 * The application's lock is open for the whole file: no filter, no subscriber. What stands between two organisations is
 * Postgres alone. Real: application and database, each kind of it.
 */
describe.each(stores)('the database alone, on %s', (_name, setup, run) => {
  (run ? describe : describe.skip)('with the application’s locks open', () => {
    let alone: DatabaseAlone;

    beforeAll(async () => {
      alone = await DatabaseAlone.start(setup);
    });

    afterAll(() => alone?.stop());

    afterEach(async () => {
      expect(await alone.changedOfTheirs()).toEqual([]);
    });

    it('guards at least the tables of this application', () => {
      expect(alone.tables).toEqual(
        expect.arrayContaining(['agent', 'api_key', 'execution', 'execution_event', 'idempotency_key']),
      );
      expect(
        Object.entries(alone.before).filter(([table, print]) => alone.tables.includes(table) && print.startsWith('0 ')),
      ).toEqual([]);
    });

    it('shows A nothing of B, however it is asked', async () => {
      const foreign = [alone.theirs.ids.orgId];
      for (const table of alone.tables) {
        const asked: Outcome[] = await Promise.all([
          alone.attempt(`SELECT count(*)::int AS n FROM "${table}" WHERE org_id = $1`, foreign),
          alone.attempt(`SELECT count(*)::int AS n FROM "${table}" t WHERE t.org_id <> $1`, [alone.mine.ids.orgId]),
          alone.attempt(
            `SELECT (string_agg(org_id::text, ',') LIKE '%' || $1 || '%')::int AS n FROM "${table}"`,
            foreign,
          ),
          alone.attempt(`SELECT EXISTS (SELECT FROM "${table}" WHERE org_id = $1)::int AS n`, foreign),
          alone.attempt(
            `WITH x AS (SELECT * FROM "${table}" UNION ALL SELECT * FROM "${table}") SELECT count(*)::int AS n FROM x WHERE org_id = $1`,
            foreign,
          ),
          alone.attempt(
            `SELECT count(*)::int AS n FROM organization o LEFT JOIN LATERAL (SELECT * FROM "${table}" WHERE org_id = $1) x ON true WHERE x.org_id IS NOT NULL`,
            foreign,
          ),
        ]);
        expect({ table, asked }).toEqual({ table, asked: asked.map(() => ({ rows: [{ n: 0 }] })) });
        expect(await alone.attempt(`SELECT DISTINCT org_id AS id FROM "${table}"`)).toEqual({
          rows: [{ id: alone.mine.ids.orgId }],
        });
      }
      expect(await alone.attempt('SELECT id FROM organization')).toEqual({ rows: [{ id: alone.mine.ids.orgId }] });
    });

    it('lets A change, take, give away and make nothing of B’s', async () => {
      const [own, foreign] = [alone.mine.ids.orgId, alone.theirs.ids.orgId];
      const refusals: string[] = [];
      for (const table of [...alone.tables, 'organization']) {
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
          const outcome = await alone.attempt(sql, parameters);
          const isRefused =
            'code' in outcome ? REFUSED.includes(outcome.code) : 'affected' in outcome && outcome.affected === 0;
          if (!isRefused) refusals.push(`${sql}: ${JSON.stringify(outcome)}`);
        }
      }
      expect(refusals).toEqual([]);
    });

    it('lets A insert no row for B, and none over one of B’s', async () => {
      const wrong: string[] = [];
      for (const table of alone.tables) {
        const [row] = await alone.systemRows<{ theirs: string }>(
          `SELECT to_json(t)::text AS theirs FROM "${table}" t WHERE org_id = $1 LIMIT 1`,
          [alone.theirs.ids.orgId],
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
          ['an upsert that takes the row', upsert, { ...values, org_id: alone.mine.ids.orgId }],
        ];
        for (const [told, sql, record] of attempts) {
          const outcome = await alone.attempt(sql, [JSON.stringify(record)]);
          // A key that contains the organisation is another key under A: then the row is A's own and B's stays.
          const isOwn = keys.includes('org_id') && told.includes('takes');
          const isRefused = 'code' in outcome && REFUSED.includes(outcome.code);
          if (!isRefused && !isOwn) wrong.push(`${table}, ${told}: ${JSON.stringify(outcome)}`);
        }
      }
      expect(wrong).toEqual([]);
    });

    async function primaryKeyOf(table: string): Promise<string[]> {
      const rows = await alone.systemRows<{ name: string }>(
        `SELECT a.attname AS name FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
          WHERE i.indrelid = $1::regclass AND i.indisprimary`,
        [table],
      );
      return rows.map(({ name }) => name);
    }

    it('refuses a row that points at one of B’s', async () => {
      const pointers = await alone.systemRows<{
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
        [alone.tables],
      );
      expect(pointers.length).toBeGreaterThanOrEqual(7);
      expect(
        pointers
          .filter(({ composite }) => !composite)
          .map(({ name }) => `${name}: make it (org_id, …) REFERENCES … (org_id, id)`),
      ).toEqual([]);
      for (const { child, column, parent } of pointers) {
        const [theirRow] = await alone.systemRows<{ id: string }>(
          `SELECT id FROM ${parent} WHERE org_id = $1 LIMIT 1`,
          [alone.theirs.ids.orgId],
        );
        const outcome = await alone.attempt(`UPDATE ${child} SET ${column} = $1 WHERE org_id = $2`, [
          theirRow?.id,
          alone.mine.ids.orgId,
        ]);
        expect({ child, column, refused: 'code' in outcome && REFUSED.includes(outcome.code) }).toEqual({
          child,
          column,
          refused: true,
        });
      }
    });
  });
});
