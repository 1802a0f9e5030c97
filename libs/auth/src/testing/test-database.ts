import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { loadSettings, type Settings } from '#platform/config';
import { type Database, openDatabase } from '#platform/database';
import { migrations } from '#migrations';

/** Without one, tests run on the embedded database: the same SQL, one connection. */
const SERVER = process.env['TEST_DATABASE_URL'] ?? null;

/** An own, migrated database, and settings that name it. */
export interface TestDatabase {
  readonly settings: Settings;
  readonly database: Database;
  drop(): Promise<void>;
}

/** @param environment an empty DATABASE_URL takes the embedded database instead */
export async function createTestDatabase(environment: Readonly<Record<string, string>> = {}): Promise<TestDatabase> {
  const name = `af_auth_${process.pid}_${randomBytes(4).toString('hex')}`;
  const embedded = SERVER === null || environment['DATABASE_URL'] === '';
  if (!embedded) await onServer(`CREATE DATABASE ${name}`);
  const directory = await mkdtemp(join(tmpdir(), 'af-auth-'));
  const settings = loadSettings(
    {
      ...(SERVER !== null && { DATABASE_URL: databaseUrl(SERVER, name) }),
      AGENTFLOW_DATA_DIR: directory,
      JWT_SECRET: 'q3Vw7Yk1Zp0Rb8Lx2Nd5Ht9Mc4Fs6GjA',
      ENCRYPTION_KEY: 'J8dK2mX5vB1nQ7wE4rT9yU3iO6pL0aSz',
      PUBLIC_URL: 'https://agentflow.test',
      ...environment,
    },
    'all',
  );
  const database = await openDatabase(settings, migrations);
  return {
    settings,
    database,
    drop: async () => {
      await database.close();
      if (!embedded) await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: SERVER ?? undefined });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
