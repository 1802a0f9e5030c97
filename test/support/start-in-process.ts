import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { migrations } from '#migrations';
import type { Foundation } from '#platform/boot';
import { loadSettings, type Settings } from '#platform/config';
import { openDatabase } from '#platform/database';
import { createLogger, type Logger } from '#platform/logging';
import { placeEmptyDatabase } from '../../libs/platform/src/testing/empty-embedded-database.js';
import { startApi } from '../../apps/api/src/start-api.js';
import { type Setup, setup } from './setup.js';
import { TestDatabase } from './stores/test-database.js';
import { TestRedis } from './stores/test-redis.js';

/** The whole application inside the test's own process, for tests that have to reach into it. */
export interface InProcess {
  readonly app: NestExpressApplication;
  readonly url: string;
  readonly foundation: Foundation;
  stop(): Promise<void>;
}

/** Fresh stores of one set-up and the settings that name them. */
export interface FreshStores {
  readonly settings: Settings;
  discard(): Promise<void>;
}

const SECRET = 'q3Vw7Yk1Zp0Rb8Lx2Nd5Ht9Mc4Fs6GjA';

/**
 * Starts API and worker with every door, listening on a free port. Whoever starts it calls `stop`.
 * @param environment settings of this test's own
 * @param logger hears everything that the application says; nobody by default
 */
export async function startInProcess(
  stores: Setup = setup,
  environment: Readonly<Record<string, string>> = {},
  logger: Logger = createLogger('silent'),
): Promise<InProcess> {
  const { settings, discard } = await freshStores(stores, environment);
  try {
    const database = await openDatabase(settings, migrations);
    const foundation = { settings, logger, database };
    const { app, url, stop } = await startApi(foundation);
    return {
      app,
      url,
      foundation,
      stop: async () => {
        await stop();
        await discard();
      },
    };
  } catch (error) {
    await discard();
    throw error;
  }
}

export async function freshStores(
  stores: Setup = setup,
  environment: Readonly<Record<string, string>> = {},
): Promise<FreshStores> {
  const directory = await mkdtemp(join(tmpdir(), 'agentflow-in-process-'));
  const database = stores === 'embedded' ? null : await TestDatabase.create();
  const redis = stores === 'cluster' ? await TestRedis.claim() : null;
  if (!database) await placeEmptyDatabase(join(directory, 'database'));
  const settings = loadSettings(
    {
      AGENTFLOW_DATA_DIR: directory,
      PORT: '0',
      JWT_SECRET: SECRET,
      ENCRYPTION_KEY: SECRET,
      SIMULATED_WORDS_PER_SECOND: '0',
      AI_FREE_TIER_RPM: '1000000',
      AI_FREE_TIER_TPM: '1000000000',
      DATABASE_URL: database?.url,
      REDIS_URL: redis?.url,
      ...environment,
    },
    'all',
  );
  return {
    settings,
    discard: async () => {
      await database?.drop();
      await redis?.release();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
