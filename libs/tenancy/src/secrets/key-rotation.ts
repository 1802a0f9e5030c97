import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SecretBox } from '#platform/secrets';
import { acrossOrgs } from '../across-orgs.js';
import { OrgDatabase } from '../org-database.js';
import { findSealedColumns, type SealedColumn } from './sealed-columns.js';

const BATCH = 100;

interface SealedRow {
  readonly id: string;
  readonly orgId: string;
  readonly sealed: string;
}

/** What a rotation did to one column. */
export interface RotatedColumn extends SealedColumn {
  readonly rotated: number;
  /** Rows whose text no known key opens; they stay as they are. */
  readonly unreadable: number;
}

/**
 * Seals again, with the key of today, what an earlier one sealed. Runs beside a working installation whose processes
 * know both keys: rows are locked a hundred at a time. One that is stopped goes on where it was, because what is done
 * is no longer found.
 */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly database: OrgDatabase,
    private readonly box: SecretBox,
  ) {}

  async rotate(): Promise<RotatedColumn[]> {
    const columns = await this.everywhere((manager) => findSealedColumns(manager));
    const done: RotatedColumn[] = [];
    for (const column of columns) done.push(await this.rotateColumn(column));
    return done;
  }

  private async rotateColumn({ table, column }: SealedColumn): Promise<RotatedColumn> {
    let [rotated, unreadable] = [0, 0];
    for (let after: string | null = null; ;) {
      const rows: SealedRow[] = await this.everywhere(async (manager) => {
        const found = await manager.query<SealedRow[]>(
          `SELECT id, org_id AS "orgId", "${column}" AS sealed FROM "${table}"
            WHERE "${column}" LIKE 'v1.%' AND NOT starts_with("${column}", $1) AND ($2::uuid IS NULL OR id > $2)
            ORDER BY id LIMIT ${BATCH} FOR UPDATE`,
          [this.box.currentPrefix, after],
        );
        for (const { id, orgId, sealed } of found) {
          const owner = { field: `${table}.${column}`, orgId, rowId: id };
          const secret = this.opened(sealed, owner);
          if (secret === null) {
            unreadable += 1;
            continue;
          }
          await manager.query(`UPDATE "${table}" SET "${column}" = $2 WHERE id = $1`, [
            id,
            this.box.seal(secret, owner),
          ]);
          rotated += 1;
        }
        return found;
      });
      if (rows.length < BATCH) return { table, column, rotated, unreadable };
      after = rows.at(-1)?.id ?? null;
    }
  }

  private opened(sealed: string, owner: Parameters<SecretBox['open']>[1]): string | null {
    try {
      return this.box.open(sealed, owner);
    } catch {
      return null;
    }
  }

  private everywhere<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return acrossOrgs('seal stored secrets with the key of today', () => this.database.transaction(work));
  }
}
