import type { MigrationInterface } from 'typeorm';
import { ensureSecrets, loadProcessSettings, prepareDataDirectory, type Role, type Settings } from '../config/index.js';
import { type Database, openDatabase } from '../database/index.js';
import { createLogger, type Logger } from '../logging/index.js';

/** What an application is built on. */
export interface Foundation {
  readonly settings: Settings;
  readonly logger: Logger;
  readonly database: Database;
}

/**
 * Reads the environment, makes the data directory and secrets, opens and migrates
 * the database.
 * @throws SettingsError with everything that has to be mended
 */
export async function layFoundation(role: Role, migrations: (new () => MigrationInterface)[]): Promise<Foundation> {
  const checked = loadProcessSettings(role);
  prepareDataDirectory(checked.dataDirectory);
  const settings = ensureSecrets(checked);
  const logger = createLogger(settings.logging.level);
  return { settings, logger, database: await openDatabase(settings, migrations) };
}
