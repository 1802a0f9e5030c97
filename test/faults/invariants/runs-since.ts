import type { Execution } from '../../support/clients/executions.client.js';
import type { Round } from '../round.js';

/** Clocks of this process and of the database are the same machine's; a little is left for rounding. */
const ROUNDING_MS = 50;

/** Every run of the organisation that was accepted since the round began, whoever started it, as the API lists them. */
export async function runsSince({ ground, startedAt }: Round): Promise<Execution[]> {
  const { executions } = ground.client;
  const runs: Execution[] = [];
  let cursor: string | null = null;
  do {
    const page = await executions.list(`?limit=100${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
    const fresh = page.data.filter(({ createdAt }) => Date.parse(createdAt) >= startedAt - ROUNDING_MS);
    runs.push(...fresh);
    cursor = fresh.length === page.data.length ? page.nextCursor : null;
  } while (cursor !== null);
  return runs;
}
