import { moneyViolations } from '../../support/money-violations.js';
import type { Round } from '../round.js';

/** I-02, I-03, I-06 and what the effect ledger must not say, as the rows have it. Nothing where the database is embedded: there the API is the only way in. */
export async function rowViolations({ ground }: Round): Promise<string[]> {
  const { observer } = ground;
  if (!observer) return [];
  const found: string[] = [];
  for (const { violation, sql } of QUESTIONS) {
    const rows = await observer.rows(sql);
    if (rows.length > 0) found.push(`${violation}: ${rows.length} rows, the first ${JSON.stringify(rows[0])}`);
  }
  // A reservation of a process that was killed is settled about a minute later.
  found.push(...(await moneyViolations((sql) => observer.rows(sql), { atRest: false })));
  return found;
}

const QUESTIONS: readonly { readonly violation: string; readonly sql: string }[] = [
  {
    violation: 'I-02: a run is running and its lease ended more than 30 s ago',
    sql: `SELECT id, lease_expires_at FROM execution WHERE status = 'running' AND lease_expires_at < now() - interval '30 s'`,
  },
  {
    violation: 'I-02: a run waits and nothing that it waits for is open',
    sql: `SELECT id FROM execution e WHERE status = 'waiting'
           AND NOT EXISTS (SELECT 1 FROM wait w WHERE w.execution_id = e.id AND w.state = 'open')`,
  },
  {
    violation: 'I-02: a wait is open although its run has ended',
    sql: `SELECT w.id, w.kind, w.path FROM wait w JOIN execution e ON e.id = w.execution_id
           WHERE w.state = 'open' AND e.status IN ('succeeded', 'failed', 'cancelled', 'timed_out')`,
  },
  {
    violation: 'I-03: a step has two results',
    sql: `SELECT execution_id, path FROM execution_step GROUP BY execution_id, path HAVING count(*) > 1`,
  },
  {
    violation: 'I-04: a run succeeded over an effect of which nobody knows whether it happened',
    sql: `SELECT f.execution_id, f.path, f.state FROM effect f JOIN execution e ON e.id = f.execution_id
           WHERE e.status = 'succeeded' AND f.state IN ('intended', 'unknown')`,
  },
];
