import { createHash, hkdfSync } from 'node:crypto';
import { decrypt, encrypt } from './authenticated-encryption.js';

const FORMAT = 'v1';

/** Whose secret it is. A sealed text that is copied into another row does not open there. */
export interface SecretOwner {
  /** Table and column, `webhook.sealed_secret`. */
  readonly field: string;
  readonly orgId: string;
  readonly rowId: string;
}

/** The key is gone, the text was changed, or it belongs to another row. Says nothing of the secret. */
export class SecretUnreadableError extends Error {
  override readonly name = 'SecretUnreadableError';
}

interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

/**
 * Seals secrets with AES-256-GCM. The sealed text is `v1.<key id>.<nonce, ciphertext and tag>`: it names the key without
 * telling anything about it, so that a later key can be put in front while older texts still open.
 */
export class SecretBox {
  private readonly current: Key;
  private readonly keys: ReadonlyMap<string, Key>;

  /**
   * @param encryptionKey seals, and opens what it sealed
   * @param earlierKeys only open
   */
  constructor(encryptionKey: string, earlierKeys: readonly string[] = []) {
    this.current = deriveKey(encryptionKey);
    this.keys = new Map([...earlierKeys.map(deriveKey), this.current].map((key) => [key.id, key]));
  }

  /** What texts sealed today begin with. */
  get currentPrefix(): string {
    return `${FORMAT}.${this.current.id}.`;
  }

  seal(secret: string, owner: SecretOwner): string {
    return `${this.currentPrefix}${encrypt(this.current.bytes, secret, associatedData(this.current.id, owner))}`;
  }

  /** @throws SecretUnreadableError */
  open(text: string, owner: SecretOwner): string {
    const [format, keyId = '', payload = '', ...more] = text.split('.');
    const key = this.keys.get(keyId);
    if (format !== FORMAT || more.length > 0) throw new SecretUnreadableError('This is no sealed secret.');
    if (!key) {
      throw new SecretUnreadableError(`It was sealed with the key ${keyId}, which is not the ENCRYPTION_KEY of today.`);
    }
    try {
      return decrypt(key.bytes, payload, associatedData(keyId, owner));
    } catch (cause) {
      throw new SecretUnreadableError('It was changed, or it belongs to another row.', { cause });
    }
  }

  /** Whether a text was sealed with today's key. */
  isCurrent(text: string): boolean {
    return text.startsWith(this.currentPrefix);
  }
}

/** ENCRYPTION_KEY is a text of any length and may serve other purposes as well; this one has its own key. */
function deriveKey(encryptionKey: string): Key {
  const bytes = Buffer.from(hkdfSync('sha256', encryptionKey, '', 'agentflow sealed secrets', 32));
  return { bytes, id: createHash('sha256').update('key id').update(bytes).digest('hex').slice(0, 8) };
}

/** As JSON, so that no two owners give the same bytes. */
function associatedData(keyId: string, { field, orgId, rowId }: SecretOwner): Buffer {
  return Buffer.from(JSON.stringify([FORMAT, keyId, field, orgId, rowId]));
}
