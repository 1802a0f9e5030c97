import type { EgressClient } from '#platform/egress';
import { askDatabase } from './ask-database.js';

const TEST_MS = 10_000;

/** Whether a database lets a credential in. @throws StepError or EgressError that says why not */
export async function tryDatabase(
  egress: Pick<EgressClient, 'checkedAddresses'>,
  kind: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const signal = AbortSignal.timeout(TEST_MS);
  await askDatabase(egress, kind, fields, { sql: 'SELECT 1', statementMs: TEST_MS, rows: 1, signal });
}
