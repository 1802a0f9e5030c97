import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { decrypt, encrypt, SecretBox, SecretUnreadableError } from '#platform/secrets';
import { OrgContext } from '../org-context.js';
import { OrgDatabase } from '../org-database.js';

const FORMAT = 'v2';
const KEY_BYTES = 32;
/** Organisations whose key a process holds ready. */
const MAX_READY_KEYS = 1_000;

/** The row that a secret belongs to; its organisation is the ambient one. */
export interface SecretPlace {
  /** Table and column, `integration.sealed_fields`. */
  readonly field: string;
  readonly rowId: string;
}

interface DataKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/**
 * Seals an organisation's secrets with a key of its own, which is sealed with the installation's: a change of
 * ENCRYPTION_KEY then rewrites one row per organisation. The sealed text is `v2.<data key id>.<nonce, ciphertext and
 * tag>`, and opens in its own row only. Texts that `SecretBox` sealed still open.
 */
@Injectable()
export class OrgSecrets {
  private readonly ready = new Map<string, DataKey>();

  constructor(
    private readonly database: OrgDatabase,
    private readonly box: SecretBox,
  ) {}

  async seal(secret: string, place: SecretPlace): Promise<string> {
    const key = await this.key();
    return `${FORMAT}.${key.id}.${encrypt(key.bytes, secret, associatedData(key.id, place))}`;
  }

  /** @throws SecretUnreadableError */
  async open(text: string, place: SecretPlace): Promise<string> {
    if (!text.startsWith(`${FORMAT}.`)) return this.box.open(text, { ...place, orgId: OrgContext.require() });
    const key = await this.key();
    const [, keyId, payload = '', ...more] = text.split('.');
    if (keyId !== key.id || more.length > 0) {
      throw new SecretUnreadableError('It was not sealed with the key of this organisation.');
    }
    try {
      return decrypt(key.bytes, payload, associatedData(keyId, place));
    } catch (cause) {
      throw new SecretUnreadableError('It was changed, or it belongs to another row.', { cause });
    }
  }

  private async key(): Promise<DataKey> {
    const orgId = OrgContext.require();
    const known = this.ready.get(orgId);
    if (known !== undefined) return known;
    return this.database.transaction(async (manager) => {
      const find = (): Promise<{ id: string; sealedKey: string }[]> =>
        manager.query(`SELECT id, sealed_key AS "sealedKey" FROM org_data_key WHERE org_id = $1`, [orgId]);
      let [row] = await find();
      if (row === undefined) {
        const id = newId();
        const sealed = this.box.seal(randomBytes(KEY_BYTES).toString('base64'), ownerOf(id, orgId));
        await manager.query(
          `INSERT INTO org_data_key (id, org_id, sealed_key) VALUES ($1, $2, $3) ON CONFLICT (org_id) DO NOTHING`,
          [id, orgId, sealed],
        );
        // Whoever else was first has the key that counts.
        [row] = await find();
      }
      if (row === undefined) throw new Error('An organisation has no data key although one was just made.');
      const key = { id: row.id, bytes: Buffer.from(this.box.open(row.sealedKey, ownerOf(row.id, orgId)), 'base64') };
      // A key of a transaction that is rolled back was never there.
      this.database.afterCommit(() => this.keepReady(orgId, key));
      return key;
    });
  }

  private keepReady(orgId: string, key: DataKey): void {
    const [oldest] = this.ready.keys();
    if (this.ready.size >= MAX_READY_KEYS && oldest !== undefined) this.ready.delete(oldest);
    this.ready.set(orgId, key);
  }
}

const ownerOf = (rowId: string, orgId: string) => ({ field: 'org_data_key.sealed_key', orgId, rowId });

/** As JSON, so that no two places give the same bytes. */
function associatedData(keyId: string, { field, rowId }: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify([FORMAT, keyId, field, OrgContext.require(), rowId]));
}
