import type { QueryRunner } from 'typeorm';
import { SettingsError } from '../config/index.js';
import { APP_ROLE } from './roles.js';

/** Postgres adds permissive policies up, so every one that binds the application's role must name the open organisation. */
const OWN_ROWS_ONLY = ['p.polqual', 'p.polwithcheck']
  .map((rule) => `coalesce(pg_get_expr(${rule}, p.polrelid) LIKE '(org_id = %current_setting(''app.org_id''%', false)`)
  .join(' AND ');

/**
 * Refuses a database in which one organisation could see another: every table with `org_id` must have forced row-level
 * security and our policies, and the application's role must not be able to go around them.
 * @throws SettingsError naming each table and the mend
 */
export async function checkOrgProtection(runner: QueryRunner): Promise<void> {
  const open = (await runner.query(
    `
    SELECT c.relname AS "table"
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id' AND NOT a.attisdropped
     WHERE c.relkind IN ('r', 'p')
       AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                AND (SELECT coalesce(bool_and(${OWN_ROWS_ONLY}), false) FROM pg_policy p
                      WHERE p.polrelid = c.oid AND p.polpermissive
                        AND (0 = ANY (p.polroles) OR (SELECT oid FROM pg_roles WHERE rolname = $1) = ANY (p.polroles))))
     ORDER BY 1`,
    [APP_ROLE],
  )) as { table: string }[];
  const powers = (await runner.query(
    `SELECT rolsuper OR rolbypassrls AS "bypasses",
            EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
                     WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p')) AS "owns"
       FROM pg_roles r WHERE rolname = $1`,
    [APP_ROLE],
  )) as { bypasses: boolean; owns: boolean }[];

  const wrong = open.map(
    ({ table }) =>
      `Table ${table} has org_id but is not bound to the open organisation. Add orgScopeStatements('${table}') to a migration and run "npm run migrate".`,
  );
  if (powers[0]?.bypasses) {
    wrong.push(
      `Role ${APP_ROLE} can go around row-level security. Run: ALTER ROLE ${APP_ROLE} NOSUPERUSER NOBYPASSRLS.`,
    );
  }
  if (powers[0]?.owns) {
    wrong.push(
      `Role ${APP_ROLE} owns tables. Give them to the role that runs migrations: REASSIGN OWNED BY ${APP_ROLE} TO <owner>.`,
    );
  }
  if (wrong.length > 0) throw new SettingsError(wrong);
}
