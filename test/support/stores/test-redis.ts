import { Redis } from 'ioredis';
import { redisServerUrl } from '../setup.js';

/** Says in a logical database which test process uses it. */
const CLAIM = 'agentflow-test-claim';

/** Longer than any test file takes: a claim that a killed run left behind ends by itself. */
const CLAIM_SECONDS = 900;

/** A logical database of a Redis server for one test: numbers 1 to 15, taken by whoever claims them first. */
export class TestRedis {
  private constructor(readonly url: string) {}

  /** @throws Error when all fifteen are in use */
  static async claim(): Promise<TestRedis> {
    for (let number = 1; number <= 15; number += 1) {
      const url = new URL(redisServerUrl());
      url.pathname = `/${number}`;
      const isMine = await within(url.href, async (redis) => {
        if ((await redis.set(CLAIM, process.pid, 'EX', CLAIM_SECONDS, 'NX')) === null) return false;
        await redis.flushdb();
        await redis.set(CLAIM, process.pid, 'EX', CLAIM_SECONDS);
        return true;
      });
      if (isMine) return new TestRedis(url.href);
    }
    throw new Error(
      'All fifteen databases of the test Redis are in use. Wait, or give another server in TEST_REDIS_URL.',
    );
  }

  /** Everything gone at once, as after a restart of a Redis that keeps nothing. */
  async empty(): Promise<void> {
    await within(this.url, async (redis) => {
      await redis.flushdb();
      await redis.set(CLAIM, process.pid, 'EX', CLAIM_SECONDS);
    });
  }

  async release(): Promise<void> {
    await within(this.url, (redis) => redis.flushdb());
  }
}

async function within<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1 });
  await redis.connect();
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}
