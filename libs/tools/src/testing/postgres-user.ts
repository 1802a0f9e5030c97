import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { onServer } from '../../../platform/src/testing/test-database.js';
import type { TestSql } from './test-sql.js';

const SERVER = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** A database and a user of its own on the Postgres of the tests. */
export async function startPostgresUser(): Promise<TestSql> {
  const name = `af_sql_${randomBytes(6).toString('hex')}`;
  const { hostname, port } = new URL(SERVER);
  await onServer(`CREATE ROLE ${name} LOGIN PASSWORD 'sesame-canary'`);
  await onServer(`CREATE DATABASE ${name} OWNER ${name}`);
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  await client.query(`SET ROLE ${name}`);
  await client.query(`CREATE TABLE item (id integer, name text)`);
  await client.query(`INSERT INTO item VALUES (1, 'one'), (2, 'two'), (3, 'three')`);
  await client.query(
    `CREATE FUNCTION sneak() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN DELETE FROM item; RETURN 1; END $$`,
  );
  await client.query('CREATE SEQUENCE counted');
  await client.end();
  return {
    fields: { host: hostname, port: port || '5432', database: name, user: name, password: 'sesame-canary' },
    writes: [
      'DELETE FROM item',
      'WITH gone AS (DELETE FROM item RETURNING *) SELECT * FROM gone',
      'SELECT sneak()',
      "SELECT nextval('counted')",
      "SELECT set_config('transaction_read_only', 'off', true), sneak()",
      'SELECT 1; DELETE FROM item',
      'SELECT * INTO copy FROM item',
    ],
    stop: async () => {
      await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
      await onServer(`DROP ROLE ${name}`);
    },
  };
}
