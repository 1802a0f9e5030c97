import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Settings } from './settings.js';
import { SettingsError } from './settings-error.js';

const secretsSchema = z.object({
  jwtSecret: z.string().min(32),
  encryptionKey: z.string().min(32),
  earlierEncryptionKeys: z.array(z.string().min(32)).default([]),
});

type KeptSecrets = z.output<typeof secretsSchema>;

/**
 * Settings whose secrets are present: given ones win, missing ones are made once and kept in the data directory
 * (`secrets.json`, owner only), so that sign-ins and stored credentials survive a restart.
 * @throws SettingsError when the file is damaged: making new keys would lose every stored credential
 */
export function ensureSecrets(settings: Settings): Settings {
  if (settings.auth.jwtSecret !== null && settings.encryptionKey !== null) return settings;
  const kept = readOrMake(pathOf(settings));
  return {
    ...settings,
    auth: { jwtSecret: settings.auth.jwtSecret ?? kept.jwtSecret },
    encryptionKey: settings.encryptionKey ?? kept.encryptionKey,
    earlierEncryptionKeys: [...settings.earlierEncryptionKeys, ...kept.earlierEncryptionKeys],
  };
}

/**
 * Puts a new key in front of the kept one, which goes on opening what it sealed. A change that was begun and not ended
 * goes on with the key that it made.
 */
export function beginKeyChange(settings: Settings): Settings {
  const path = pathOf(settings);
  const kept = readOrMake(path);
  if (kept.earlierEncryptionKeys.length === 0) {
    replace(path, { ...kept, encryptionKey: randomSecret(), earlierEncryptionKeys: [kept.encryptionKey] });
  }
  return ensureSecrets({ ...settings, encryptionKey: null, earlierEncryptionKeys: [] });
}

/** Forgets the earlier keys, once nothing is sealed with them any more. */
export function endKeyChange(settings: Settings): void {
  const path = pathOf(settings);
  replace(path, { ...readOrMake(path), earlierEncryptionKeys: [] });
}

const pathOf = ({ dataDirectory }: Settings): string => join(dataDirectory, 'secrets.json');

/** Whole or not at all: half a file would be a lost key. */
function replace(path: string, secrets: KeptSecrets): void {
  const next = `${path}.next`;
  writeFileSync(next, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(next, path);
}

function readOrMake(path: string): KeptSecrets {
  const made = { jwtSecret: randomSecret(), encryptionKey: randomSecret() };
  try {
    writeFileSync(path, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    return { ...made, earlierEncryptionKeys: [] };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  try {
    return secretsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new SettingsError([
      `${path} is damaged. Restore it from a backup: without its ENCRYPTION_KEY the stored credentials cannot be read.`,
    ]);
  }
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}
