import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { httpSteps, publishAgent } from '../agents.js';
import { load } from '../load.js';
import { percent, type Scenario } from '../row.js';
import { missingFor, startSetup } from '../setup.js';

const CLIENTS = 50;
const STEPS = 10;
const TARGET = 65;
const WHAT = `ten effectful steps, each committed before the next, ${CLIENTS} clients, postgres`;

/** Against what the same database does with single-row commits; the effect is a GET to a server that answers at once. */
export const durableSteps: Scenario = async ({ seconds }) => {
  const target = `≥ ${TARGET} % of (single-row commits/s ÷ ${STEPS})`;
  const missing = missingFor('postgres');
  if (missing) return [{ what: WHAT, measured: `not measured: ${missing}`, target, met: null }];
  const commits = await singleRowCommits(seconds);
  const outside = createServer((_request, response) => response.end('ok'));
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  const setup = await startSetup('postgres');
  try {
    const url = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/`;
    const agentId = await publishAgent(setup, httpSteps(STEPS, url));
    const body = { agentId, input: { text: 'hello' }, mode: 'wait' };
    const { perSecond } = await load(`${setup.url}/api/v1/executions`, setup.headers, body, CLIENTS, seconds);
    const share = percent(perSecond, commits / STEPS);
    return [
      {
        what: WHAT,
        measured: `${share} % (${Math.round(perSecond)} runs/s; ${Math.round(commits)} single-row commits/s)`,
        target,
        met: share >= TARGET,
      },
    ];
  } finally {
    await setup.stop();
    outside.close();
  }
};

/** What ten connections commit, one row a transaction. */
async function singleRowCommits(seconds: number): Promise<number> {
  const pool = new pg.Pool({ connectionString: process.env['TEST_DATABASE_URL'], max: 10 });
  const table = `bench_commit_${process.pid}`;
  await pool.query(`CREATE TABLE ${table} (id bigserial PRIMARY KEY, body text)`);
  try {
    const endAt = performance.now() + seconds * 1000;
    let commits = 0;
    const client = async (): Promise<void> => {
      while (performance.now() < endAt) {
        await pool.query(`INSERT INTO ${table} (body) VALUES ($1)`, ['hello']);
        commits += 1;
      }
    };
    await Promise.all(Array.from({ length: 10 }, client));
    return commits / seconds;
  } finally {
    await pool.query(`DROP TABLE ${table}`);
    await pool.end();
  }
}
