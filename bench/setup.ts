import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Child, startChild } from './child.js';

export type SetupName = 'embedded' | 'postgres' | 'cluster';

/** A running AgentFlow for one measurement, with an organisation that has no limits. */
export interface Setup {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly server: Child;
  /** Null when it is embedded. */
  readonly databaseUrl: string | null;
  stop(): Promise<void>;
}

const API = 'dist/apps/api/src/main.js';
const WORKER = 'dist/apps/worker/src/main.js';

/** Why a set-up cannot be measured here, or null when it can. */
export function missingFor(name: SetupName): string | null {
  if (name !== 'embedded' && !process.env['TEST_DATABASE_URL']) return 'TEST_DATABASE_URL is not set';
  if (name === 'cluster' && !process.env['TEST_REDIS_URL']) return 'TEST_REDIS_URL is not set';
  return null;
}

/** Starts AgentFlow on a database of its own, which goes away with it. */
export async function startSetup(name: SetupName, more: NodeJS.ProcessEnv = {}): Promise<Setup> {
  const apiKey = `af_bench_${randomUUID().replaceAll('-', '')}`;
  const dataDirectory = mkdtempSync(join(tmpdir(), 'agentflow-bench-'));
  const database = name === 'embedded' ? null : await createDatabase();
  const environment: NodeJS.ProcessEnv = {
    // As `npm start` and the container run it.
    NODE_OPTIONS: '--max-semi-space-size=64',
    PORT: '0',
    LOG_LEVEL: 'warn',
    AGENTFLOW_DATA_DIR: dataDirectory,
    AGENTFLOW_INIT_ORG: 'Bench',
    AGENTFLOW_INIT_EMAIL: 'bench@example.test',
    AGENTFLOW_INIT_PASSWORD: 'a-long-bench-password',
    AGENTFLOW_INIT_API_KEY: apiKey,
    AGENTFLOW_INIT_PLAN: 'enterprise',
    SIMULATED_WORDS_PER_SECOND: '0',
    EGRESS_ALLOW_CIDRS: '127.0.0.0/8',
    ...(database && { DATABASE_URL: database.url }),
    ...(name === 'cluster' && { REDIS_URL: process.env['TEST_REDIS_URL'] }),
    ...more,
  };
  const server = await startChild(
    API,
    name === 'cluster' ? ['--role=api'] : [],
    environment,
    /^AgentFlow is ready: (\S+)/,
  );
  const worker = name === 'cluster' ? await startChild(WORKER, [], environment, /^AgentFlow worker is ready/) : null;
  return {
    url: server.announced,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    server,
    databaseUrl: database?.url ?? null,
    stop: async () => {
      await worker?.stop();
      await server.stop();
      await database?.drop();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

async function createDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = new URL(process.env['TEST_DATABASE_URL'] ?? '');
  const name = `agentflow_bench_${process.pid}_${Date.now()}`;
  const run = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server.href });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await run(`CREATE DATABASE ${name}`);
  const url = new URL(server.href);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}
