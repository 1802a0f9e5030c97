import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Settings } from './settings.js';
import { SettingsError } from './settings-error.js';

const secretsSchema = z.object({ jwtSecret: z.string().min(32), encryptionKey: z.string().min(32) });

/**
 * Settings whose secrets are present: given ones win, missing ones are made once and kept in the data directory
 * (`secrets.json`, owner only), so that sign-ins and stored credentials survive a restart.
 * @throws SettingsError when the file is damaged: making new keys would lose every stored credential
 */
export function ensureSecrets(settings: Settings): Settings {
  if (settings.auth.jwtSecret !== null && settings.encryptionKey !== null) return settings;
  const kept = readOrMake(join(settings.dataDirectory, 'secrets.json'));
  return {
    ...settings,
    auth: { jwtSecret: settings.auth.jwtSecret ?? kept.jwtSecret },
    encryptionKey: settings.encryptionKey ?? kept.encryptionKey,
  };
}

function readOrMake(path: string): z.output<typeof secretsSchema> {
  const made = { jwtSecret: randomSecret(), encryptionKey: randomSecret() };
  try {
    writeFileSync(path, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    return made;
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
