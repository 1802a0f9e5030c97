import { setTimeout as sleep } from 'node:timers/promises';
import { largeSteps, manyItems, publishAgent } from '../agents.js';
import { percentile } from '../load.js';
import type { Row, Scenario } from '../row.js';
import { missingFor, type Setup, type SetupName, startSetup } from '../setup.js';

/** Runs of one kind, one after the other: memory that grows with each of them would show. */
const ROUNDS = 10;

/** Between the least memory after one of the first rounds and after one of the last: what is in between is garbage. */
const MOST_GROWTH_MIB = 150;
const LIST_P95_MS = 200;
const PAGE_OF_LIST = '/api/v1/executions?limit=20';

const CASES = [
  { what: '50 MB of step output in 55 steps', graph: largeSteps(55), input: { text: 'x'.repeat(910_000) } },
  { what: 'a map over 10,000 items', graph: manyItems(10_000), input: { text: 'hello' } },
];

/** Large runs: how long they take, whether memory stays flat, and what lists cost meanwhile. */
export const largeRuns: Scenario = async () => {
  const rows: Row[] = [];
  for (const name of ['embedded', 'postgres'] as const) {
    const missing = missingFor(name);
    for (const { what, graph, input } of CASES) {
      const target = `p95 of the list < ${LIST_P95_MS} ms, least memory of the last rounds ≤ that of the first + ${MOST_GROWTH_MIB} MiB`;
      if (missing) rows.push({ what: `${what}, ${name}`, measured: `not measured: ${missing}`, target, met: null });
      else rows.push({ what: `${what}, ${name}`, target, ...(await measure(name, graph, input)) });
    }
  }
  return rows;
};

async function measure(name: SetupName, graph: object, input: object): Promise<Pick<Row, 'measured' | 'met'>> {
  const setup = await startSetup(name);
  try {
    const agentId = await publishAgent(setup, graph);
    const before = await setup.server.memoryMiB();
    const lists: number[] = [];
    const memory: number[] = [];
    const seconds: number[] = [];
    let peak = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const begin = performance.now();
      const id = await start(setup, { agentId, input });
      for (;;) {
        lists.push(await timed(() => read(setup, PAGE_OF_LIST)));
        peak = Math.max(peak, await setup.server.memoryMiB());
        const { data } = await read<{ data: Listed[] }>(setup, PAGE_OF_LIST);
        const run = data.find((each) => each.id === id);
        if (run?.status === 'succeeded') break;
        if (run?.error) throw new Error(`The run ${id} failed: ${run.error.message}`);
        await sleep(20);
      }
      seconds.push((performance.now() - begin) / 1000);
      memory.push(await setup.server.memoryMiB());
    }
    const growth = Math.min(...memory.slice(ROUNDS / 2)) - Math.min(...memory.slice(0, ROUNDS / 2));
    const p95 = percentile(lists, 95);
    const times = seconds.map((each) => each.toFixed(1)).join(' · ');
    return {
      measured: `${times} s; list p95 ${Math.round(p95)} ms; memory ${before} → ${memory.join(' · ')} MiB, at most ${peak}`,
      met: p95 < LIST_P95_MS && growth <= MOST_GROWTH_MIB,
    };
  } finally {
    await setup.stop();
  }
}

interface Listed {
  readonly id: string;
  readonly status: string;
  readonly error: { readonly message: string } | null;
}

async function start(setup: Setup, body: object): Promise<string> {
  const response = await fetch(`${setup.url}/api/v1/executions`, {
    method: 'POST',
    headers: setup.headers,
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`The run was refused: ${await response.text()}`);
  return ((await response.json()) as { id: string }).id;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

async function read<T>(setup: Setup, path: string): Promise<T> {
  return (await (await fetch(setup.url + path, { headers: setup.headers })).json()) as T;
}
