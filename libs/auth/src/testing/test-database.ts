import type { Settings } from '#platform/config';
import type { Database } from '#platform/database';
import { migrations } from '#migrations';
import { TestDatabase as OwnDatabase } from '../../../platform/src/testing/test-database.js';

/** An own, migrated database, and settings that name it. */
export interface TestDatabase {
  readonly settings: Settings;
  readonly database: Database;
  drop(): Promise<void>;
}

/** @param environment an empty DATABASE_URL takes the embedded database instead: the same SQL, one connection */
export async function createTestDatabase(environment: Readonly<Record<string, string>> = {}): Promise<TestDatabase> {
  const { DATABASE_URL: wanted, ...others } = environment;
  const own = await OwnDatabase.create(wanted === '' ? 'embedded' : undefined);
  const more = { PUBLIC_URL: 'https://agentflow.test', ...others };
  const database = await own.open(migrations, more);
  return {
    settings: own.settings(more),
    database,
    drop: async () => {
      await database.close();
      await own.drop();
    },
  };
}
