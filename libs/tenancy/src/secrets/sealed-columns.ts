import type { EntityManager } from 'typeorm';

/** A column that holds texts of `SecretBox` or of `OrgSecrets`. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
}

/**
 * Every column of the database whose name begins with `sealed_`: by that name start-up checks its key and rotation
 * finds it, so a new one needs no entry anywhere. Its table has `id` and `org_id`.
 */
export async function findSealedColumns(manager: EntityManager): Promise<SealedColumn[]> {
  return manager.query<SealedColumn[]>(
    `SELECT c.relname AS "table", a.attname AS "column"
       FROM pg_attribute a
       JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
      WHERE a.attname LIKE 'sealed\\_%' AND NOT a.attisdropped
      ORDER BY 1, 2`,
  );
}
