import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { httpSteps, publishAgent, toolSteps } from '../agents.js';
import { load } from '../load.js';
import { percent, type Row, type Scenario } from '../row.js';
import { missingFor, type Setup, startSetup } from '../setup.js';

const CLIENTS = 50;
const STEPS = 10;
const TARGET = 65;

/**
 * Against what the same database does with single-row commits. The effect is a tool that answers at once, so that what is
 * measured is making steps durable; beside it stands the same with a GET to a server that answers at once, where
 * speaking HTTP costs more than the step.
 */
export const durableSteps: Scenario = async ({ seconds }) => {
  const missing = missingFor('postgres');
  if (missing) return [row('a tool', `not measured: ${missing}`, null)];
  const commits = await singleRowCommits(seconds);
  const outside = createServer((_request, response) => response.end('ok'));
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  const setup = await startSetup('postgres');
  try {
    const url = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/`;
    const tool = await runsPerSecond(setup, toolSteps(STEPS), seconds);
    const http = await runsPerSecond(setup, httpSteps(STEPS, url), seconds);
    const shareOf = (perSecond: number): number => percent(perSecond, commits / STEPS);
    const measured = (perSecond: number): string =>
      `${shareOf(perSecond)} % (${Math.round(perSecond)} runs/s; ${Math.round(commits)} single-row commits/s)`;
    return [
      row('a tool', measured(tool), shareOf(tool) >= TARGET),
      { ...row('http', measured(http), null), target: '–' },
    ];
  } finally {
    await setup.stop();
    outside.close();
  }
};

function row(effect: string, measured: string, met: boolean | null): Row {
  return {
    what: `ten effectful steps (${effect}), each committed before the next, ${CLIENTS} clients, postgres`,
    measured,
    target: `≥ ${TARGET} % of (single-row commits/s ÷ ${STEPS})`,
    met,
  };
}

async function runsPerSecond(setup: Setup, graph: object, seconds: number): Promise<number> {
  const body = { agentId: await publishAgent(setup, graph), input: { text: 'hello' }, mode: 'wait' };
  return (await load(`${setup.url}/api/v1/executions`, setup.headers, body, CLIENTS, seconds)).perSecond;
}

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
