import { Redis } from 'ioredis';

/** The logical database that integration tests of this project's queue and bus have to themselves. */
export const TEST_REDIS_URL = process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379/11';

/** Everything of this database gone at once, as after a restart of a Redis that keeps nothing. */
export async function emptyRedis(): Promise<void> {
  const redis = new Redis(TEST_REDIS_URL, { lazyConnect: true, maxRetriesPerRequest: 1 });
  await redis.connect();
  await redis.flushdb();
  redis.disconnect();
}
