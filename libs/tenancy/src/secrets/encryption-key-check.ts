import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SettingsError } from '#platform/config';
import { SecretBox } from '#platform/secrets';
import { acrossOrgs } from '../across-orgs.js';
import { OrgDatabase } from '../org-database.js';
import { findSealedColumns, type SealedColumn } from './sealed-columns.js';

interface Sample {
  readonly keyId: string;
  readonly id: string;
  readonly orgId: string;
  readonly sealed: string;
}

/**
 * Refuses to start with a key that does not open what is sealed: a secret that nobody can read is better met by the
 * operator at start than by an agent at night. One text of every key id and column is opened.
 */
@Injectable()
export class EncryptionKeyCheck implements OnModuleInit {
  constructor(
    private readonly database: OrgDatabase,
    private readonly box: SecretBox,
  ) {}

  /** @throws SettingsError that says how many secrets want another key */
  async onModuleInit(): Promise<void> {
    const wrong = await acrossOrgs('check that the encryption key opens what is sealed', () =>
      this.database.transaction(async (manager) => {
        const unreadable: string[] = [];
        for (const column of await findSealedColumns(manager)) {
          const samples = await manager.query<Sample[]>(sampleStatement(column));
          const unopened = samples.filter((sample) => !this.opens(column, sample));
          unreadable.push(...unopened.map(({ keyId }) => `${column.table}.${column.column} (key ${keyId})`));
        }
        return unreadable;
      }),
    );
    if (wrong.length === 0) return;
    throw new SettingsError([
      `ENCRYPTION_KEY is not the key that stored secrets were sealed with: ${wrong.join(', ')}. ` +
        'Set the earlier key again, or name it in ENCRYPTION_KEY_PREVIOUS and run "npm run rotate-key".',
    ]);
  }

  private opens({ table, column }: SealedColumn, { id, orgId, sealed }: Sample): boolean {
    try {
      this.box.open(sealed, { field: `${table}.${column}`, orgId, rowId: id });
      return true;
    } catch {
      return false;
    }
  }
}

/** Texts of an organisation's own key are left out: that key is a text of `org_data_key`. */
function sampleStatement({ table, column }: SealedColumn): string {
  return `SELECT DISTINCT ON (1) split_part("${column}", '.', 2) AS "keyId", id, org_id AS "orgId", "${column}" AS sealed
            FROM "${table}" WHERE "${column}" LIKE 'v1.%' ORDER BY 1, id`;
}
