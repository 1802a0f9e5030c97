import { accessSync, constants, mkdirSync } from 'node:fs';
import { SettingsError } from './settings-error.js';

/**
 * Makes the data directory, readable by its owner only, because it holds the embedded database and the secrets.
 * @throws SettingsError when it cannot be written
 */
export function prepareDataDirectory(path: string): void {
  process.umask(0o077);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.W_OK);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new SettingsError([
      `The data directory ${path} cannot be written (${reason}). Mend its permissions or set AGENTFLOW_DATA_DIR to another folder.`,
    ]);
  }
}
