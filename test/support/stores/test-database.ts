import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { postgresServerUrl } from '../setup.js';

/** How long Postgres may take to notice that a killed process's connections are gone. */
const GONE_WITHIN_MS = 5_000;

/** A Postgres database of this test alone. */
export class TestDatabase {
  private constructor(
    readonly name: string,
    readonly url: string,
  ) {}

  static async create(): Promise<TestDatabase> {
    const name = `af_e2e_${process.pid}_${randomBytes(4).toString('hex')}`;
    await onServer((client) => client.query(`CREATE DATABASE "${name}"`));
    const url = new URL(postgresServerUrl());
    url.pathname = `/${name}`;
    return new TestDatabase(name, url.href);
  }

  /** @returns how many connections the processes under test left open; the database is gone in either case */
  async drop(): Promise<number> {
    return onServer(async (client) => {
      const left = await this.connectionsLeft(client);
      await client.query(`DROP DATABASE IF EXISTS "${this.name}" WITH (FORCE)`);
      return left;
    });
  }

  private async connectionsLeft(client: pg.Client): Promise<number> {
    const giveUpAt = Date.now() + GONE_WITHIN_MS;
    for (;;) {
      const { rowCount } = await client.query('SELECT 1 FROM pg_stat_activity WHERE datname = $1', [this.name]);
      if (!rowCount || Date.now() > giveUpAt) return rowCount ?? 0;
      await sleep(50);
    }
  }
}

async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: postgresServerUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
