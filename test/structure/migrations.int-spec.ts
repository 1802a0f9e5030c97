import type { QueryRunner } from 'typeorm';
import { migrations } from '#migrations';
// Imported for its entities: what a process has imported is what TypeORM knows.
import '../../apps/api/src/api.module.js';
import { stores } from '../isolation/stores.js';
import { MigratedDatabase } from '../support/stores/migrated-database.js';

/** Tables without an entity, and why. */
const WITHOUT_ENTITY: Readonly<Record<string, string>> = {
  migration: 'written while there is no application yet',
  execution_event: 'the journal writes it and the event log reads it, both by plain statements',
  callback: 'the journal arms it with its run, processes claim and deliver it by statements over every organisation',
  callback_attempt: 'the log of deliveries: entered with the claim, read as it is',
  endpoint_delivery:
    'written where its event becomes true, the journal among them; claimed and delivered like callbacks',
  endpoint_attempt: 'the log of deliveries: entered with the claim, read as it is',
  wait: 'the journal opens it, people and the reconciler answer it, by plain statements that lock its run first',
  effect: 'the journal writes it and a resumed run reads it, both by plain statements',
  payload: 'the journal stores it and statements that join it to its run read it',
  execution_payload: 'says which run may read which payload; written and joined with it',
  generation: 'the journal writes it with the step, its page reads it by a plain statement',
  org_data_key: 'read and made by the statements of OrgSecrets, before anything of the organisation is opened',
  budget: 'counted by the functions that reserve and settle',
  reservation: 'made and closed by the functions that reserve and settle',
  ledger_entry: 'only ever added to, by those functions and by whoever pays in',
  usage_record: 'the journal writes it with the calls of a run, reports add it up',
  rate_window: 'counted by the function that takes from the rate limits',
  idempotency_key: 'claimed and read by plain statements of #tenancy and of the journal',
};

/** Columns that no entity names, and why. */
const WITHOUT_PROPERTY: Readonly<Record<string, string>> = {};

/** Everything about the schema that a migration can change, as text. */
const SCHEMA = `
  SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') AS line
    FROM information_schema.columns WHERE table_schema = 'public'
  UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT 'policy ' || tablename || ' ' || policyname || ' ' || roles::text || ' ' || cmd || ' ' || coalesce(qual, '') || ' ' || coalesce(with_check, '')
    FROM pg_policies WHERE schemaname = 'public'
  UNION ALL SELECT 'rights ' || relname || ' ' || relrowsecurity || relforcerowsecurity || ' ' || coalesce(relacl::text, '')
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
  UNION ALL SELECT 'function ' || oid::regprocedure FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT 'type ' || typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
  ORDER BY 1`;

describe.each(stores)('migrations, on %s', (_name, setup, run) => {
  (run ? describe : describe.skip)('one after the other', () => {
    let migrated: MigratedDatabase;

    beforeAll(async () => {
      migrated = await MigratedDatabase.open(setup);
    });

    afterAll(() => migrated?.close());

    const schema = async (runner: QueryRunner): Promise<string[]> =>
      ((await runner.query(SCHEMA)) as { line: string }[]).map(({ line }) => line);

    it('go down and up again to the same schema, each of them and all of them', async () => {
      await migrated.asOwner(async (runner) => {
        const whole = await schema(runner);
        const states = [whole];
        for (const Migration of [...migrations].reverse()) {
          const migration = new Migration();
          await migration.down(runner);
          const below = await schema(runner);
          await migration.up(runner);
          expect({ [Migration.name]: await schema(runner) }).toEqual({ [Migration.name]: states.at(-1) });
          await migration.down(runner);
          states.push(below);
        }
        expect((await schema(runner)).filter((line) => !/\bmigration(_pkey)?\b/.test(line))).toEqual([]);
        for (const Migration of migrations) await new Migration().up(runner);
        expect(await schema(runner)).toEqual(whole);
      });
    });

    it('are not run a second time', async () => {
      const done = async (): Promise<unknown> =>
        migrated.asOwner((runner) => runner.query('SELECT name, run_at FROM migration ORDER BY 1'));
      const before = await done();
      expect(before).toHaveLength(migrations.length);
      await migrated.reopen();
      expect(await done()).toEqual(before);
    });

    it('make the columns that the entities name, and no others', async () => {
      const columns = await migrated.asOwner(
        async (runner) =>
          (await runner.query(
            `SELECT table_name AS "table", column_name AS "column", data_type AS type, is_nullable = 'YES' AS nullable,
                    column_default IS NOT NULL AS preset
               FROM information_schema.columns c
              WHERE table_schema = 'public'
                AND NOT EXISTS (SELECT 1 FROM pg_class p WHERE p.oid = quote_ident(c.table_name)::regclass AND p.relispartition)`,
          )) as { table: string; column: string; type: string; nullable: boolean; preset: boolean }[],
      );
      const { entityMetadatas, driver } = migrated.database.dataSource;
      const wanted = new Map(
        entityMetadatas.flatMap(({ tableName, name, columns: properties }) =>
          properties.map((property) => [
            `${tableName}.${property.databaseName}`,
            {
              told: `${name}.${property.propertyName}`,
              type: property.isArray ? 'ARRAY' : driver.normalizeType(property),
              nullable: property.isNullable,
            },
          ]),
        ),
      );
      expect(wanted.size).toBeGreaterThan(80);
      const entityTables = new Set(entityMetadatas.map(({ tableName }) => tableName));
      const wrong: string[] = [];
      for (const { table, column, type, nullable, preset } of columns) {
        const name = `${table}.${column}`;
        const want = wanted.get(name);
        wanted.delete(name);
        if (!want) {
          const listed = entityTables.has(table) ? name in WITHOUT_PROPERTY : table in WITHOUT_ENTITY;
          if (!listed) wrong.push(`${name} has no property: add it to the entity, or say why not in this file`);
          else if (entityTables.has(table) && !nullable && !preset)
            wrong.push(`${name}: TypeORM cannot insert without it`);
        } else if (want.type !== type || want.nullable !== nullable) {
          const is = `${type}${nullable ? ', nullable' : ''}`;
          wrong.push(
            `${want.told} is ${want.type}${want.nullable ? ', nullable' : ''}, but the column ${name} is ${is}`,
          );
        }
      }
      for (const [name, { told }] of wanted) wrong.push(`${told}: no migration makes the column ${name}`);
      const there = new Set(columns.flatMap(({ table, column }) => [table, `${table}.${column}`]));
      for (const name of [...Object.keys(WITHOUT_ENTITY), ...Object.keys(WITHOUT_PROPERTY)]) {
        if (!there.has(name)) wrong.push(`${name} is not there any more: take it out of the list in this file`);
      }
      expect(wrong).toEqual([]);
    });
  });
});
