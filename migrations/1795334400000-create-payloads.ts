import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, SYSTEM_ROLE, orgScopeStatements } from '#platform/database';

/**
 * Values that are too large for the rows of runs: stored once for each organisation and month by the hash of their JSON
 * text. `execution_payload` says which run may read which. Both go with the month of their runs. A row names what it
 * put out in `large`, a column that no user data gets into. Beside them an index for lists without the runs that steps of
 * others started, of which there may be ten thousand for each of these.
 */
export class CreatePayloads1795334400000 implements MigrationInterface {
  name = 'CreatePayloads1795334400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES_UP) await runner.query(statement);
    await runner.query(`CREATE INDEX execution_top_level_idx ON execution (org_id, id) WHERE parent_id IS NULL`);
    for (const statement of partitionFunctions([...BY_RUN, 'execution_payload'], ['payload'])) {
      await runner.query(statement);
    }
    for (const table of TABLES) {
      await runner.query(`CREATE TABLE ${table}_default PARTITION OF ${table} DEFAULT`);
      await runner.query(`SELECT protect_run_partition('${table}_default')`);
      for (const statement of orgScopeStatements(table)) await runner.query(statement);
      // An answer to a wait may be large too, and is written as the application's role.
      await runner.query(`REVOKE UPDATE, DELETE ON ${table} FROM ${APP_ROLE}`);
    }
    await runner.query(
      `SELECT create_run_partitions(to_date(substring(relname FROM '\\d{4}_\\d{2}$'), 'YYYY_MM')) FROM pg_class
        WHERE relname ~ '^execution_event_\\d{4}_\\d{2}$' AND relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX execution_top_level_idx`);
    for (const statement of partitionFunctions(BY_RUN, [])) await runner.query(statement);
    for (const table of [...TABLES].reverse()) await runner.query(`DROP TABLE ${table} CASCADE`);
    for (const table of WITH_LARGE) await runner.query(`ALTER TABLE ${table} DROP COLUMN large`);
    await runner.query(`DROP FUNCTION run_month(uuid)`);
  }
}

const BY_RUN = ['execution_step', 'execution_event', 'execution_log'];

const TABLES = ['payload', 'execution_payload'];

const WITH_LARGE = ['execution', 'execution_step', 'wait', 'effect'];

const TABLES_UP = [
  // A UUIDv7 begins with its milliseconds (RFC 9562, 5.7).
  `CREATE FUNCTION run_month(run_id uuid) RETURNS date LANGUAGE sql IMMUTABLE AS $$
     SELECT date_trunc('month', to_timestamp(('x0000' || left(replace(run_id::text, '-', ''), 12))::bit(64)::bigint / 1000.0)
       AT TIME ZONE 'UTC')::date $$`,
  `CREATE TABLE payload (
    org_id uuid NOT NULL,
    month date NOT NULL,
    hash text NOT NULL,
    bytes integer NOT NULL,
    content json NOT NULL,
    CONSTRAINT payload_pkey PRIMARY KEY (org_id, month, hash)
  ) PARTITION BY RANGE (month)`,
  `CREATE TABLE execution_payload (
    execution_id uuid NOT NULL,
    hash text NOT NULL,
    org_id uuid NOT NULL,
    CONSTRAINT execution_payload_pkey PRIMARY KEY (execution_id, hash)
  ) PARTITION BY RANGE (execution_id)`,
  ...WITH_LARGE.map((table) => `ALTER TABLE ${table} ADD COLUMN large jsonb`),
];

/** As the owner, because making a table is no right of the role that the application works as. */
function partitionFunctions(byRun: readonly string[], byMonth: readonly string[]): string[] {
  const list = (tables: readonly string[]): string =>
    `ARRAY[${tables.map((table) => `'${table}'`).join(', ')}]::text[]`;
  return [
    `CREATE OR REPLACE FUNCTION create_run_partitions(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
     DECLARE
       parent text;
       partition_name text;
       next_month date := (month + interval '1 month')::date;
     BEGIN
       PERFORM pg_advisory_xact_lock(4178563203);
       FOREACH parent IN ARRAY ${list([...byRun, ...byMonth])} LOOP
         partition_name := parent || to_char(month, '_YYYY_MM');
         CONTINUE WHEN to_regclass(partition_name) IS NOT NULL;
         IF parent = ANY (${list(byMonth)}) THEN
           EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', partition_name, parent, month, next_month);
         ELSE
           EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', partition_name, parent,
             first_run_id(month::timestamp AT TIME ZONE 'UTC'), first_run_id(next_month::timestamp AT TIME ZONE 'UTC'));
         END IF;
         PERFORM protect_run_partition(partition_name);
       END LOOP;
     END $$`,
    `CREATE OR REPLACE FUNCTION drop_run_partitions(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
     DECLARE
       parent text;
     BEGIN
       FOREACH parent IN ARRAY ${list([...byRun, ...byMonth])} LOOP
         EXECUTE format('DROP TABLE IF EXISTS %I', parent || to_char(month, '_YYYY_MM'));
       END LOOP;
     END $$`,
    ...['create_run_partitions(date)', 'drop_run_partitions(date)'].flatMap((name) => [
      `REVOKE EXECUTE ON FUNCTION ${name} FROM PUBLIC`,
      `GRANT EXECUTE ON FUNCTION ${name} TO ${SYSTEM_ROLE}`,
    ]),
  ];
}
