import { APP_ROLE, SYSTEM_ROLE } from './roles.js';

/**
 * The second lock for one table: row-level security that also binds the table's owner. Every migration that makes a
 * table with `org_id` runs these; start-up refuses when one did not.
 * @param column the column that names the organisation (`id` for the organisation table itself)
 */
export function orgScopeStatements(table: string, column = 'org_id'): string[] {
  const mine = `${column} = nullif(current_setting('app.org_id', true), '')::uuid`;
  return [
    `ALTER TABLE "${table}" ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE "${table}" FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY own_organisation ON "${table}" TO ${APP_ROLE} USING (${mine}) WITH CHECK (${mine})`,
    `CREATE POLICY across_organisations ON "${table}" TO ${SYSTEM_ROLE} USING (true) WITH CHECK (true)`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON "${table}" TO ${APP_ROLE}, ${SYSTEM_ROLE}`,
  ];
}
