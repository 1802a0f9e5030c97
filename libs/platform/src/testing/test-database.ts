import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { MixedList } from 'typeorm';
import { loadSettings, type Settings } from '../config/index.js';
import { type Database, openDatabase } from '../database/index.js';

const SERVER = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** Random enough for the settings, and the same everywhere: tests only. */
const SECRET = 'q3Vw7Yk1Zp0Rb8Lx2Nd5Ht9Mc4Fs6GjA';

/** A database of one test file alone, on the real Postgres or embedded. */
export class TestDatabase {
  private constructor(
    readonly name: string,
    readonly embedded: boolean,
    readonly directory: string,
  ) {}

  static async create(
    kind: 'postgres' | 'embedded' = process.env['TEST_DATABASE_URL'] ? 'postgres' : 'embedded',
  ): Promise<TestDatabase> {
    const name = `af_int_${process.pid}_${randomBytes(4).toString('hex')}`;
    if (kind === 'postgres') await onServer(`CREATE DATABASE ${name}`);
    return new TestDatabase(name, kind === 'embedded', await mkdtemp(join(tmpdir(), 'af-int-')));
  }

  /** As its owner, whom row-level security of a superuser does not bind. */
  get url(): string {
    const url = new URL(SERVER);
    url.pathname = `/${this.name}`;
    return url.href;
  }

  settings(environment: Readonly<Record<string, string>> = {}): Settings {
    return loadSettings(
      {
        ...(!this.embedded && { DATABASE_URL: this.url }),
        AGENTFLOW_DATA_DIR: this.directory,
        JWT_SECRET: SECRET,
        ENCRYPTION_KEY: SECRET,
        ...environment,
      },
      'all',
    );
  }

  open(migrations: MixedList<new () => object>, environment: Readonly<Record<string, string>> = {}): Promise<Database> {
    return openDatabase(this.settings(environment), migrations);
  }

  /** Everybody has closed it before; whoever has not is cut off. */
  async drop(): Promise<void> {
    if (!this.embedded) await onServer(`DROP DATABASE IF EXISTS ${this.name} WITH (FORCE)`);
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** One statement as the administrator of the server. */
export async function onServer(statement: string, url = SERVER): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}
