import { createHash } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { OrgDatabase } from '#tenancy';

const REASON = 'the test compares the rows of an organisation before and after';

/** Fingerprint per table of everything that belongs to one organisation and its people. */
export type RowPrints = Readonly<Record<string, string>>;

/** Every table with `org_id`, found in the database itself: a new table enters by being made. */
export async function scopedTables(app: NestExpressApplication): Promise<string[]> {
  const rows = await app.get(OrgDatabase).acrossOrgsStatement<{ name: string }>(
    REASON,
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id'
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND NOT a.attisdropped ORDER BY 1`,
    [],
  );
  return rows.map(({ name }) => name);
}

/**
 * When a key or session was last used is left out: looking at something is no change of it.
 * @param columns only these, for what may change in content but not in kind
 */
export async function printRows(
  app: NestExpressApplication,
  orgId: string,
  columns?: readonly string[],
): Promise<RowPrints> {
  const members = `SELECT user_id FROM org_membership WHERE org_id = $1`;
  const sources = [
    ...(await scopedTables(app)).map((table) => [table, `SELECT * FROM "${table}" WHERE org_id = $1`] as const),
    ['organization', 'SELECT * FROM organization WHERE id = $1'] as const,
    ['user', `SELECT * FROM "user" WHERE id IN (${members})`] as const,
    ['auth_session', `SELECT * FROM auth_session WHERE user_id IN (${members})`] as const,
  ];
  const row = columns
    ? `jsonb_build_array(${columns.map((column) => `to_jsonb(t) -> '${column}'`).join(', ')})`
    : `to_jsonb(t) - 'last_used_at'`;
  const rows = await app.get(OrgDatabase).acrossOrgsStatement<{ name: string; print: string }>(
    REASON,
    sources
      .map(
        ([name, select]) =>
          `SELECT '${name}' AS name, coalesce(string_agg(t.row::text, E'\\n' ORDER BY t.row::text), '') AS print
             FROM (SELECT ${row} AS row FROM (${select}) t) t`,
      )
      .join(' UNION ALL '),
    [orgId],
  );
  return Object.fromEntries(rows.map(({ name, print }) => [name, fingerprint(print)]));
}

/** How many rows and a hash of them. */
function fingerprint(rows: string): string {
  const count = rows === '' ? 0 : rows.split('\n').length;
  return `${count} rows ${createHash('sha256').update(rows).digest('base64url').slice(0, 12)}`;
}

/** Names of the tables that differ. */
export function changedTables(before: RowPrints, after: RowPrints): string[] {
  return Object.keys(before).filter((table) => before[table] !== after[table]);
}
