import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, SYSTEM_ROLE, orgScopeStatements } from '#platform/database';

/**
 * Steps, events and log lines by the month in which their run was accepted, so that old ones are dropped instead of
 * deleted. The key is the run's id: a UUIDv7 begins with its milliseconds, so every query by run still finds its one
 * partition. The default partitions take what no month takes; they stay empty while partitions are made ahead.
 */
export class PartitionRunHistory1795327200000 implements MigrationInterface {
  name = 'PartitionRunHistory1795327200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of FUNCTIONS) await runner.query(statement);
    for (const [table, key] of TABLES) await this.replace(runner, table, key, `PARTITION BY RANGE (execution_id)`);
    for (const [table] of TABLES) {
      await runner.query(`CREATE TABLE ${table}_default PARTITION OF ${table} DEFAULT`);
      await runner.query(`SELECT protect_run_partition('${table}_default')`);
    }
    await runner.query(
      `SELECT create_run_partitions(month::date) FROM generate_series(
         date_trunc('month', (SELECT coalesce(min(created_at), now()) FROM execution_event_old)),
         date_trunc('month', now()) + interval '2 months', interval '1 month') AS month`,
    );
    await this.moveRows(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, key] of TABLES) await this.replace(runner, table, key, '');
    await this.moveRows(runner);
    for (const name of DROPPED) await runner.query(`DROP FUNCTION ${name}`);
  }

  private async replace(runner: QueryRunner, table: string, key: string, partitioning: string): Promise<void> {
    await runner.query(`ALTER TABLE ${table} RENAME TO ${table}_old`);
    await runner.query(`ALTER TABLE ${table}_old RENAME CONSTRAINT ${table}_pkey TO ${table}_old_pkey`);
    // Its owner could not read it otherwise.
    await runner.query(`ALTER TABLE ${table}_old NO FORCE ROW LEVEL SECURITY`);
    await runner.query(
      `CREATE TABLE ${table} (LIKE ${table}_old INCLUDING DEFAULTS INCLUDING CONSTRAINTS) ${partitioning}`,
    );
    await runner.query(`ALTER TABLE ${table} ADD CONSTRAINT ${table}_pkey PRIMARY KEY (${key})`);
  }

  private async moveRows(runner: QueryRunner): Promise<void> {
    for (const [table] of TABLES) {
      await runner.query(`INSERT INTO ${table} SELECT * FROM ${table}_old`);
      await runner.query(`DROP TABLE ${table}_old CASCADE`);
      for (const statement of orgScopeStatements(table)) await runner.query(statement);
      await runner.query(`REVOKE INSERT, UPDATE, DELETE ON ${table} FROM ${APP_ROLE}`);
    }
  }
}

const TABLES = [
  ['execution_step', 'execution_id, path'],
  ['execution_event', 'execution_id, first_seq'],
  ['execution_log', 'execution_id, seq'],
] as const;

const DROPPED = [
  'drop_run_partitions(date)',
  'create_run_partitions(date)',
  'protect_run_partition(text)',
  'first_run_id(timestamptz)',
];

const MINE = `org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid`;

const FUNCTIONS = [
  // The smallest UUIDv7 of a moment (RFC 9562, 5.7).
  `CREATE FUNCTION first_run_id(moment timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
     SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid $$`,
  // Nobody has rights on a partition itself; the policies are for the day on which somebody gives them.
  `CREATE FUNCTION protect_run_partition(partition_name text) RETURNS void LANGUAGE plpgsql AS $$
   BEGIN
     EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', partition_name);
     EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', partition_name);
     EXECUTE format('CREATE POLICY own_organisation ON %I TO ${APP_ROLE} USING (${MINE}) WITH CHECK (${MINE})', partition_name);
     EXECUTE format('CREATE POLICY across_organisations ON %I TO ${SYSTEM_ROLE} USING (true) WITH CHECK (true)', partition_name);
   END $$`,
  // As the owner, because making a table is no right of the role that the application works as.
  `CREATE FUNCTION create_run_partitions(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
   DECLARE
     parent text;
     partition_name text;
   BEGIN
     PERFORM pg_advisory_xact_lock(4178563203);
     FOREACH parent IN ARRAY ARRAY['execution_step', 'execution_event', 'execution_log'] LOOP
       partition_name := parent || to_char(month, '_YYYY_MM');
       CONTINUE WHEN to_regclass(partition_name) IS NOT NULL;
       EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', partition_name, parent,
         first_run_id(month::timestamp AT TIME ZONE 'UTC'), first_run_id((month + interval '1 month') AT TIME ZONE 'UTC'));
       PERFORM protect_run_partition(partition_name);
     END LOOP;
   END $$`,
  `CREATE FUNCTION drop_run_partitions(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
   DECLARE
     parent text;
   BEGIN
     FOREACH parent IN ARRAY ARRAY['execution_step', 'execution_event', 'execution_log'] LOOP
       EXECUTE format('DROP TABLE IF EXISTS %I', parent || to_char(month, '_YYYY_MM'));
     END LOOP;
   END $$`,
  ...['create_run_partitions(date)', 'drop_run_partitions(date)'].flatMap((name) => [
    `REVOKE EXECUTE ON FUNCTION ${name} FROM PUBLIC`,
    `GRANT EXECUTE ON FUNCTION ${name} TO ${SYSTEM_ROLE}`,
  ]),
];
