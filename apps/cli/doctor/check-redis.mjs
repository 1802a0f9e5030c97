import { mend, note, ok } from './finding.mjs';

/** Reaches Redis and asks whether it may throw away what the queue stored. */
export async function checkRedis() {
  const url = process.env.REDIS_URL;
  if (!url) return ok('queue: in this process (set REDIS_URL for several processes)');
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5000,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  // ioredis also emits what it rejects; without a listener it would print it.
  let reason = '';
  redis.on('error', (error) => {
    reason = error.message || error.code;
  });
  try {
    await redis.connect();
    return [ok('queue: Redis answers'), judgePolicy(await redis.info('memory'))];
  } catch (error) {
    return mend(
      `Redis not reachable: ${reason || error.message}`,
      'start Redis, or mend REDIS_URL; unset it to use the queue in this process',
    );
  } finally {
    redis.disconnect();
  }
}

function judgePolicy(info) {
  const policy = /maxmemory_policy:(\S+)/.exec(info)?.[1];
  if (policy === undefined) return note('Redis does not tell its maxmemory-policy', 'make sure that it is noeviction');
  if (policy === 'noeviction') return ok('Redis keeps what the queue stores (maxmemory-policy noeviction)');
  return mend(
    `Redis may evict jobs (maxmemory-policy ${policy})`,
    'run: redis-cli CONFIG SET maxmemory-policy noeviction, and set it in redis.conf',
  );
}
