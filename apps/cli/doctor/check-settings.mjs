import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inProject } from '../launch/project-root.mjs';
import { mend, note, ok } from './finding.mjs';

export const dataDirectory = () => resolve(process.env.AGENTFLOW_DATA_DIR || './.agentflow');

/** Has the server's own schema read the environment, so that doctor and server never disagree. */
export async function checkSettings() {
  const built = inProject('dist/libs/platform/src/config/index.js');
  if (!existsSync(built))
    return note('settings not checked: the server is not built yet', 'run "npm start" once, then this again');
  const { loadSettings } = await import(pathToFileURL(built).href);
  try {
    loadSettings(process.env, 'all');
    return ok('settings are complete and well formed');
  } catch (error) {
    return (error.lines ?? [error.message]).map((line) =>
      mend(line, 'change it in the environment or in .env; .env.example explains each'),
    );
  }
}

/** Whether the secrets will still be the same after the next start. */
export function checkSecrets() {
  if (process.env.JWT_SECRET && process.env.ENCRYPTION_KEY) return ok('secrets are given by the environment');
  if (process.env.NODE_ENV === 'production') {
    return mend(
      'JWT_SECRET or ENCRYPTION_KEY is missing, and production does not start without them',
      `make each with: node -e "console.log(require('crypto').randomBytes(32).toString('base64url'))"`,
    );
  }
  const path = join(dataDirectory(), 'secrets.json');
  if (!existsSync(path)) return ok('secrets are made at the first start');
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8'));
    if (kept.jwtSecret && kept.encryptionKey)
      return ok(`secrets are kept in ${path}; back it up together with the database`);
  } catch {
    // Reported below, like a file that lacks a key.
  }
  return mend(
    `${path} is damaged or not readable`,
    'restore it from a backup: without its encryption key the stored credentials cannot be read',
  );
}
