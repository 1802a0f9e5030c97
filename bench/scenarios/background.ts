import { setTimeout as sleep } from 'node:timers/promises';
import { publishAgent, pureSteps } from '../agents.js';
import { percent, type Scenario } from '../row.js';
import { missingFor, startSetup, type Setup } from '../setup.js';

const CLIENTS = 50;
const TARGET = 12;
const WHAT = 'the same through Bull and a worker';

/** From the first accepted to the last finished, so that neither accepting nor working is hidden by the other. */
export const backgroundThroughBull: Scenario = async ({ seconds, floor }) => {
  const target = `≥ ${TARGET} % of the floor`;
  const missing = missingFor('cluster');
  if (missing) return [{ what: WHAT, measured: `not measured: ${missing}`, target, met: null }];
  const setup = await startSetup('cluster');
  try {
    const agentId = await publishAgent(setup, pureSteps(5));
    await drain(setup, agentId, 100);
    const perSecond = await drain(setup, agentId, 400 * seconds);
    const share = percent(perSecond, floor);
    return [
      {
        what: WHAT,
        measured: `${share} % of the floor (${Math.round(perSecond)} runs/s)`,
        target,
        met: share >= TARGET,
      },
    ];
  } finally {
    await setup.stop();
  }
};

async function drain(setup: Setup, agentId: string, runs: number): Promise<number> {
  const begin = performance.now();
  let left = runs;
  let last = '';
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const response = await fetch(`${setup.url}/api/v1/executions`, {
        method: 'POST',
        headers: setup.headers,
        body: JSON.stringify({ agentId, input: { text: 'hello' } }),
      });
      last = ((await response.json()) as { id: string }).id;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  await finished(setup, last);
  return (runs / (performance.now() - begin)) * 1000;
}

/** The last one to be accepted has ended and none is left open. */
async function finished(setup: Setup, last: string): Promise<void> {
  for (;;) {
    const [run, open] = await Promise.all([
      read<{ finishedAt: string | null }>(setup, `/api/v1/executions/${last}`),
      read<{ data: unknown[] }>(setup, '/api/v1/executions?status=queued,running&limit=1'),
    ]);
    if (run.finishedAt !== null && open.data.length === 0) return;
    await sleep(50);
  }
}

async function read<T>(setup: Setup, path: string): Promise<T> {
  return (await (await fetch(setup.url + path, { headers: setup.headers })).json()) as T;
}
