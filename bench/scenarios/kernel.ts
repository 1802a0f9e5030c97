import { compilePlan, type Graph, NodeKindRegistry, walk } from '#kernel';
import { MemoryRunHost } from '../../libs/kernel/src/testing/index.js';
import { pureSteps } from '../agents.js';
import type { Row, Scenario } from '../row.js';

const TARGET_US = 50;

/** What the engine itself costs: no database, no HTTP, nothing but the walk. */
export const kernelWalk: Scenario = async ({ seconds }) => {
  const rows: Row[] = [];
  for (const count of [5, 100]) {
    const microseconds = await microsecondsPerNode(count, seconds);
    rows.push({
      what: `a walk of ${count} pure nodes in memory`,
      measured: `${microseconds.toFixed(1)} µs per node`,
      target: `≤ ${TARGET_US} µs per node, no database`,
      met: microseconds <= TARGET_US,
    });
  }
  return rows;
};

async function microsecondsPerNode(count: number, seconds: number): Promise<number> {
  const plan = compilePlan(pureSteps(count) as Graph, new NodeKindRegistry());
  const walkFor = async (milliseconds: number): Promise<number> => {
    const begin = performance.now();
    let walks = 0;
    while (performance.now() - begin < milliseconds) {
      const outcome = await walk(plan, { text: 'hello' }, new MemoryRunHost());
      if (outcome.status !== 'succeeded') throw new Error(`The walk ${outcome.status}.`);
      walks++;
    }
    return ((performance.now() - begin) * 1_000) / (walks * count);
  };
  await walkFor(500);
  return walkFor(seconds * 500);
}
