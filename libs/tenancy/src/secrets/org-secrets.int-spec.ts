/** Real: the database (Postgres where TEST_DATABASE_URL names one, embedded otherwise). */
import { migrations } from '#migrations';
import { SettingsError } from '#platform/config';
import type { Database } from '#platform/database';
import { newId } from '#platform/ids';
import { SecretBox, SecretUnreadableError } from '#platform/secrets';
import { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { acrossOrgs } from '../across-orgs.js';
import { OrgContext } from '../org-context.js';
import { OrgDatabase } from '../org-database.js';
import { EncryptionKeyCheck } from './encryption-key-check.js';
import { KeyRotation } from './key-rotation.js';
import { OrgSecrets } from './org-secrets.js';

const KEY = 'q3Vw7Yk1Zp0Rb8Lx2Nd5Ht9Mc4Fs6GjA';
const LATER_KEY = 'J8dK2mX5vB1nQ7wE4rT9yU3iO6pL0aSz';

let testDatabase: TestDatabase;
let opened: Database;
let database: OrgDatabase;
let orgId: string;
let otherOrgId: string;

beforeAll(async () => {
  testDatabase = await TestDatabase.create();
  opened = await testDatabase.open(migrations);
  database = new OrgDatabase(opened);
});

afterAll(async () => {
  await opened.close();
  await testDatabase.drop();
});

const query = <R>(sql: string, parameters: unknown[] = []): Promise<R[]> =>
  acrossOrgs('a test looks at the rows', () => database.transaction((manager) => manager.query<R[]>(sql, parameters)));

beforeEach(async () => {
  await query('DELETE FROM organization');
  [orgId, otherOrgId] = [newId(), newId()];
  for (const id of [orgId, otherOrgId]) {
    await query(`INSERT INTO organization (id, name, slug, plan) VALUES ($1, 'Test', $1::uuid::text, 'free')`, [id]);
  }
});

const secretsWith = (...keys: [string, string[]?]): OrgSecrets => new OrgSecrets(database, new SecretBox(...keys));
const place = { field: 'integration.sealed_fields', rowId: newId() };
const inOrg = <T>(work: () => T): T => OrgContext.run(orgId, work);

describe('A secret of an organisation', () => {
  it('opens in its own row only', async () => {
    const secrets = secretsWith(KEY);
    const sealed = await inOrg(() => secrets.seal('hunter2', place));
    expect(sealed).not.toContain('hunter2');
    expect(await inOrg(() => secrets.open(sealed, place))).toBe('hunter2');
    expect(await inOrg(() => secretsWith(KEY).open(sealed, place))).toBe('hunter2');
    for (const other of [
      { ...place, rowId: newId() },
      { ...place, field: 'integration.sealed_tokens' },
    ]) {
      await expect(inOrg(() => secrets.open(sealed, other))).rejects.toThrow(SecretUnreadableError);
    }
    await expect(OrgContext.run(otherOrgId, () => secrets.open(sealed, place))).rejects.toThrow(SecretUnreadableError);
  });

  it('is worth nothing when the key row of another organisation is put in place of its own', async () => {
    await inOrg(() => secretsWith(KEY).seal('mine', place));
    await OrgContext.run(otherOrgId, () => secretsWith(KEY).seal('theirs', place));
    await query(
      `UPDATE org_data_key SET sealed_key = (SELECT sealed_key FROM org_data_key WHERE org_id = $2) WHERE org_id = $1`,
      [orgId, otherOrgId],
    );
    await expect(inOrg(() => secretsWith(KEY).seal('x', place))).rejects.toThrow(SecretUnreadableError);
  });

  it('is sealed with one key, however many ask for the first time at once', async () => {
    const sealed = await Promise.all(
      Array.from({ length: 8 }, (_, each) => inOrg(() => secretsWith(KEY).seal(`secret ${each}`, place))),
    );
    expect(new Set(sealed.map((text) => text.split('.')[1])).size).toBe(1);
    for (const [each, text] of sealed.entries()) {
      expect(await inOrg(() => secretsWith(KEY).open(text, place))).toBe(`secret ${each}`);
    }
  });

  it('is not sealed with a key of a transaction that was rolled back', async () => {
    const secrets = secretsWith(KEY);
    await expect(
      inOrg(() =>
        database.transaction(async () => {
          await secrets.seal('lost', place);
          throw new Error('rolled back');
        }),
      ),
    ).rejects.toThrow('rolled back');
    const sealed = await inOrg(() => secrets.seal('kept', place));
    expect(await inOrg(() => secretsWith(KEY).open(sealed, place))).toBe('kept');
  });

  it('that was sealed before there were such keys still opens', async () => {
    const sealed = new SecretBox(KEY).seal('old', { ...place, orgId });
    expect(await inOrg(() => secretsWith(KEY).open(sealed, place))).toBe('old');
  });
});

describe('A change of the encryption key', () => {
  const check = (...keys: [string, string[]?]): Promise<void> =>
    new EncryptionKeyCheck(database, new SecretBox(...keys)).onModuleInit();
  const rotate = (...keys: [string, string[]?]) => new KeyRotation(database, new SecretBox(...keys)).rotate();

  it('is refused at start while something is sealed with a key that is not known, and harmless before', async () => {
    await check(LATER_KEY);
    await inOrg(() => secretsWith(KEY).seal('hunter2', place));
    await check(KEY);
    await check(LATER_KEY, [KEY]);
    await expect(check(LATER_KEY)).rejects.toThrow(SettingsError);
    await expect(check(LATER_KEY)).rejects.toThrow(/ENCRYPTION_KEY is not the key .*org_data_key\.sealed_key/);
  });

  it('leaves every secret readable with the new key alone, and a second round nothing to do', async () => {
    const sealed = await inOrg(() => secretsWith(KEY).seal('hunter2', place));
    const signingId = newId();
    const signing = { field: 'signing_secret.sealed_secret', orgId, rowId: signingId };
    await query(`INSERT INTO signing_secret (id, org_id, sealed_secret) VALUES ($1, $2, $3)`, [
      signingId,
      orgId,
      new SecretBox(KEY).seal('whsec_x', signing),
    ]);
    expect((await rotate(LATER_KEY, [KEY])).filter(({ rotated }) => rotated > 0)).toEqual([
      { table: 'org_data_key', column: 'sealed_key', rotated: 1, unreadable: 0 },
      { table: 'signing_secret', column: 'sealed_secret', rotated: 1, unreadable: 0 },
    ]);
    await check(LATER_KEY);
    expect(await inOrg(() => secretsWith(LATER_KEY).open(sealed, place))).toBe('hunter2');
    const [row] = await query<{ text: string }>('SELECT sealed_secret AS text FROM signing_secret');
    expect(new SecretBox(LATER_KEY).open(row!.text, signing)).toBe('whsec_x');
    expect((await rotate(LATER_KEY, [KEY])).every(({ rotated }) => rotated === 0)).toBe(true);
  });

  it('counts what it cannot open and leaves it as it is', async () => {
    const sealed = await inOrg(() => secretsWith(KEY).seal('hunter2', place));
    expect(await rotate(LATER_KEY)).toContainEqual({
      table: 'org_data_key',
      column: 'sealed_key',
      rotated: 0,
      unreadable: 1,
    });
    expect(await inOrg(() => secretsWith(KEY).open(sealed, place))).toBe('hunter2');
  });
});
