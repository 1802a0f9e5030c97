import { setTimeout as sleep } from 'node:timers/promises';
import type { Execution } from '../../support/clients/executions.client.js';
import type { Round } from '../round.js';
import { runsSince } from './runs-since.js';

/** What was accepted ends within this time of the installation being whole again. */
const ENDS_WITHIN_MS = 60_000;

const FINAL = ['succeeded', 'failed', 'cancelled', 'timed_out'];

/**
 * Waits until every run that the round brought about has ended (I-02): those that it started and those below them.
 * @throws Error naming those that have not, and what they are doing instead
 */
export async function settle(round: Round): Promise<void> {
  const giveUpAt = Date.now() + ENDS_WITHIN_MS;
  for (;;) {
    // The first requests after a fault may still meet what it broke, and be told to come again.
    const runs = await runsSince(round).catch((error: Error) => error);
    if (runs instanceof Error) {
      if (Date.now() > giveUpAt) throw runs;
      await sleep(500);
      continue;
    }
    const open = runs.filter(({ status }) => !FINAL.includes(status));
    if (open.length === 0) return;
    if (Date.now() > giveUpAt) {
      const told = await Promise.all(open.slice(0, 3).map((run) => whatItDoes(round, run)));
      throw new Error(
        `I-02: ${open.length} runs have not ended ${ENDS_WITHIN_MS} ms after the fault.\n${told.join('\n')}`,
      );
    }
    await sleep(200);
  }
}

async function whatItDoes({ ground }: Round, { id, agentName, status, attempt }: Execution): Promise<string> {
  const { executions } = ground.client;
  const [why, events] = await Promise.all([
    executions.why(id).then(JSON.stringify, (error: Error) => error.message),
    executions.allEvents(id).then((all) => all.slice(-5)),
  ]);
  return `${agentName} ${id} is ${status}, attempt ${attempt}; why: ${why}; its last events: ${JSON.stringify(events)}`;
}
