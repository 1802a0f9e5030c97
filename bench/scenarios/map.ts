import { mapOverItems, publishAgent } from '../agents.js';
import { median } from '../load.js';
import type { Row, Scenario } from '../row.js';
import { missingFor, type Setup, startSetup } from '../setup.js';

const ITEMS = 1_000;
const CONCURRENCY = 50;
const TARGET_MS = 1_000;
const ROUNDS = 5;

/** A map over items whose step answers at once: everything that it takes is overhead. */
export const mapOverhead: Scenario = async () => {
  const rows: Row[] = [];
  for (const name of ['postgres', 'embedded'] as const) {
    const what = `map over ${ITEMS} items, ${CONCURRENCY} at a time, ${name}: overhead`;
    const target = `≤ ${TARGET_MS} ms; memory flat`;
    const missing = missingFor(name);
    if (missing) {
      rows.push({ what, measured: `not measured: ${missing}`, target, met: null });
      continue;
    }
    const setup = await startSetup(name);
    try {
      const agentId = await publishAgent(setup, mapOverItems(CONCURRENCY));
      await runOnce(setup, agentId);
      const before = await setup.server.memoryMiB();
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) times.push(await runOnce(setup, agentId));
      const after = await setup.server.memoryMiB();
      const tookMs = Math.round(median(times));
      rows.push({ what, measured: `${tookMs} ms; ${before} → ${after} MiB`, target, met: tookMs <= TARGET_MS });
    } finally {
      await setup.stop();
    }
  }
  return rows;
};

/** @returns milliseconds */
async function runOnce(setup: Setup, agentId: string): Promise<number> {
  const begin = performance.now();
  const response = await fetch(`${setup.url}/api/v1/executions`, {
    method: 'POST',
    headers: setup.headers,
    body: JSON.stringify({ agentId, input: { count: ITEMS }, mode: 'wait', waitSeconds: 60 }),
  });
  const run = (await response.json()) as { status?: string; output?: { count?: number } };
  if (run.status !== 'succeeded' || run.output?.count !== ITEMS) {
    throw new Error(`The map ended as ${JSON.stringify(run).slice(0, 500)}`);
  }
  return performance.now() - begin;
}
