import type { Execution, ExecutionEvent } from '../../support/clients/executions.client.js';
import { secrets } from '../ground/secrets.js';
import type { Round } from '../round.js';

/** Tables in which a run leaves traces; the graph of a version, in which an author wrote a header, is not one of them. */
const TRACES = ['execution_step', 'execution_event', 'execution_log', 'wait', 'effect'].map((table) => ({
  table,
  of: 'execution_id IN (SELECT id FROM execution WHERE created_at >= $1)',
}));
const TABLES = [...TRACES, { table: 'execution', of: 'created_at >= $1' }];

/** I-08: planted secrets, raw, in base64 and as a URL has them, wherever runs and processes leave traces. */
export async function secretViolations(
  { ground, startedAt }: Round,
  observed: readonly { readonly run: Execution; readonly events: readonly ExecutionEvent[] }[],
  news: string,
): Promise<string[]> {
  const found: string[] = [];
  const look = (where: string, text: string): void => {
    for (const [name, secret] of Object.entries(secrets)) {
      const disguises = [secret, Buffer.from(secret).toString('base64').replace(/=+$/, ''), encodeURIComponent(secret)];
      if (disguises.some((disguise) => text.includes(disguise))) found.push(`I-08: the secret ${name} is in ${where}.`);
    }
  };
  for (const { run, events } of observed) look(`the answers about run ${run.id}`, JSON.stringify([run, events]));
  look('what the processes said', withoutWelcome(news));
  if (ground.redis) look('Redis', await ground.redis.contents());
  if (ground.observer) {
    for (const { table, of } of TABLES) {
      const sql = `SELECT ${table}::text AS text FROM ${table} WHERE ${of}`;
      const rows = await ground.observer.rows<{ text: string }>(sql, [new Date(startedAt)]);
      look(`the table ${table}`, rows.map(({ text }) => text).join('\n'));
    }
  }
  return found;
}

/** The welcome text shows the key of a first run to the person who started it, on purpose. */
function withoutWelcome(said: string): string {
  return said
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .join('\n');
}
