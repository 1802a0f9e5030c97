import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareDataDirectory } from './data-directory.js';
import { beginKeyChange, endKeyChange, ensureSecrets } from './secrets-file.js';
import { loadSettings } from './settings.js';
import { SettingsError } from './settings-error.js';

const STRONG = 'q3Vw7Yk1Zp0Rb8Lx2Nd5Ht9Mc4Fs6GjA';

let folder: string;
let umask: number;

beforeEach(() => {
  umask = process.umask();
  folder = mkdtempSync(join(tmpdir(), 'af-config-'));
});

afterEach(() => {
  process.umask(umask);
  rmSync(folder, { recursive: true, force: true });
});

const settings = (more: Record<string, string> = {}): ReturnType<typeof loadSettings> =>
  loadSettings({ AGENTFLOW_DATA_DIR: folder, ...more }, 'all');

describe('The secrets file', () => {
  it('is made once, readable by its owner only, and gives the same secrets ever after', () => {
    const first = ensureSecrets(settings());
    expect(ensureSecrets(settings())).toEqual(first);
    expect(first.auth.jwtSecret).toHaveLength(43);
    expect(first.encryptionKey).not.toBe(first.auth.jwtSecret);
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('yields to secrets that are given', () => {
    const kept = ensureSecrets(settings());
    const given = ensureSecrets(settings({ JWT_SECRET: STRONG }));
    expect([given.auth.jwtSecret, given.encryptionKey]).toEqual([STRONG, kept.encryptionKey]);
  });

  it('is not made when both are given', () => {
    ensureSecrets(settings({ JWT_SECRET: STRONG, ENCRYPTION_KEY: STRONG }));
    expect(() => statSync(join(folder, 'secrets.json'))).toThrow();
  });

  it.each(['', '{', '{}', '{"jwtSecret":"short","encryptionKey":"short"}'])(
    'is never replaced when it is damaged: %p',
    (text) => {
      writeFileSync(join(folder, 'secrets.json'), text);
      expect(() => ensureSecrets(settings())).toThrow(SettingsError);
      expect(() => ensureSecrets(settings())).toThrow(/secrets\.json is damaged\. Restore it from a backup/);
      expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toBe(text);
    },
  );
});

describe('A change of the kept encryption key', () => {
  it('keeps the earlier one until it is ended, also when it was stopped and begun again', () => {
    const before = ensureSecrets(settings()).encryptionKey;
    const changed = beginKeyChange(settings());
    expect([changed.encryptionKey === before, changed.earlierEncryptionKeys]).toEqual([false, [before]]);
    const again = beginKeyChange(settings());
    expect([again.encryptionKey, again.earlierEncryptionKeys]).toEqual([changed.encryptionKey, [before]]);
    expect(ensureSecrets(settings())).toMatchObject({ earlierEncryptionKeys: [before] });
    endKeyChange(settings());
    const after = ensureSecrets(settings());
    expect([after.encryptionKey, after.earlierEncryptionKeys]).toEqual([changed.encryptionKey, []]);
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('knows the keys of the environment, too, and does not repeat a wrong one', () => {
    expect(settings({ ENCRYPTION_KEY_PREVIOUS: `${STRONG}, ${STRONG}x` }).earlierEncryptionKeys).toEqual([
      STRONG,
      `${STRONG}x`,
    ]);
    expect(() => settings({ ENCRYPTION_KEY_PREVIOUS: 'canary' })).toThrow(
      /^(?!.*canary).*ENCRYPTION_KEY_PREVIOUS must be keys of 32 characters or more/s,
    );
  });
});

describe('The data directory', () => {
  it('is made with all its parents, for its owner only', () => {
    const path = join(folder, 'a', 'b');
    prepareDataDirectory(path);
    prepareDataDirectory(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  it('that cannot be made is one sentence with the way out', () => {
    writeFileSync(join(folder, 'file'), '');
    const path = join(folder, 'file', 'data');
    expect(() => prepareDataDirectory(path)).toThrow(
      `The data directory ${path} cannot be written (ENOTDIR). Mend its permissions or set AGENTFLOW_DATA_DIR to another folder.`,
    );
  });
});
