import pg from 'pg';
import { publishAgent, pureSteps } from '../agents.js';
import { percentile } from '../load.js';
import type { Row, Scenario } from '../row.js';
import { missingFor, type Setup, startSetup } from '../setup.js';

const RUNS = 1_000_000;

/** Of so many runs one was not started by a step of another. */
const ONE_TOP_LEVEL_IN = 20;

const QUESTIONS_PER_LIST = 40;
const P95_MS = 20;

/** Lists of runs where there are a million of them, first page and last. */
export const runLists: Scenario = async () => {
  const target = `p95 ≤ ${P95_MS} ms each`;
  const what = `lists of ${RUNS.toLocaleString('en-US')} runs, postgres`;
  const missing = missingFor('postgres');
  if (missing) return [{ what, measured: `not measured: ${missing}`, target, met: null }];
  const setup = await startSetup('postgres');
  try {
    const agentId = await publishAgent(setup, pureSteps(3));
    const oldest = await seed(setup.databaseUrl as string, agentId);
    const last = `to=${encodeURIComponent(new Date(oldest + 600_000).toISOString())}`;
    const lists: Readonly<Record<string, string>> = {
      first: '',
      last,
      failed: 'status=failed',
      'failed, last': `status=failed&${last}`,
      'of the agent': `agentId=${agentId}`,
      'top level': 'topLevel=true',
      'top level, last': `topLevel=true&${last}`,
    };
    const measured: string[] = [];
    let worst = 0;
    for (const [name, query] of Object.entries(lists)) {
      const p95 = await p95Of(setup, `/api/v1/executions?limit=50&${query}`);
      worst = Math.max(worst, p95);
      measured.push(`${name} ${Math.round(p95)} ms`);
    }
    return [{ what, measured: measured.join(' · '), target, met: worst <= P95_MS } satisfies Row];
  } finally {
    await setup.stop();
  }
};

/** A run a second, back from now. @returns when the oldest was, in epoch milliseconds */
async function seed(databaseUrl: string, agentId: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const now = Date.now();
    await client.query(
      `INSERT INTO execution (id, org_id, agent_id, version_id, version, status, mode, trigger, usage, parent_id, created_at, started_at, finished_at)
       SELECT (substring(first_run_id(at)::text, 1, 14) || '7' || substring(md5(n::text), 1, 3) || '-8' || substring(md5(n::text), 4, 3) || '-' || substring(md5(n::text), 7, 12))::uuid,
              v.org_id, v.agent_id, v.id, 1, CASE WHEN n % 50 = 0 THEN 'failed' ELSE 'succeeded' END, 'background', 'api',
              '{"inputTokens":0,"outputTokens":0,"cachedInputTokens":0,"costMicroUsd":0}',
              CASE WHEN n % $3::int <> 0 THEN v.id END, at, at, at
         FROM generate_series(1, $2::int) AS n
        CROSS JOIN LATERAL (SELECT to_timestamp($4::float8 / 1000 - n) AS at) moment
         JOIN agent_version v ON v.agent_id = $1`,
      [agentId, RUNS, ONE_TOP_LEVEL_IN, now],
    );
    await client.query('VACUUM ANALYZE execution');
    return now - RUNS * 1000;
  } finally {
    await client.end();
  }
}

async function p95Of(setup: Setup, path: string): Promise<number> {
  const times: number[] = [];
  for (let question = 0; question < QUESTIONS_PER_LIST; question += 1) {
    const begin = performance.now();
    const response = await fetch(setup.url + path, { headers: setup.headers });
    const { data } = (await response.json()) as { data: unknown[] };
    if (data.length === 0) throw new Error(`${path} is empty.`);
    times.push(performance.now() - begin);
  }
  return percentile(times, 95);
}
