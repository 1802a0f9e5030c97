import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '../../support/processes/free-port.js';
import { KeptProcess } from '../../support/processes/kept-process.js';

const READY_WITHIN_MS = 20_000;

/** The redis-server of this machine; null when there is none. */
export function findRedisServer(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'redis-server')).find((path) => existsSync(path)) ?? null;
}

/** A Redis of this suite alone, that keeps nothing on disk: what ends with it is gone. */
export class OwnRedis {
  private server: KeptProcess | null = null;

  private constructor(
    private readonly command: string,
    private readonly port: number,
  ) {}

  /** @throws Error when this machine has no redis-server */
  static async start(): Promise<OwnRedis> {
    const command = findRedisServer();
    if (command === null) throw new Error('There is no redis-server in PATH.');
    const redis = new OwnRedis(command, await freePort());
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}/0`;
  }

  get alive(): boolean {
    return this.server?.alive ?? false;
  }

  async start(): Promise<void> {
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.server = new KeptProcess({ command: this.command, args });
    const giveUpAt = Date.now() + READY_WITHIN_MS;
    for (;;) {
      try {
        await this.ask((redis) => redis.ping());
        return;
      } catch (error) {
        if (Date.now() > giveUpAt) throw new Error(`Redis did not start.\n${this.server.output}`, { cause: error });
        await sleep(50);
      }
    }
  }

  async kill9(): Promise<void> {
    await this.server?.end('SIGKILL');
  }

  /** Everything gone at once. */
  async flush(): Promise<void> {
    await this.ask((redis) => redis.flushall());
  }

  /** From now on it takes no more data than it has, and says so (`noeviction`). */
  async fillUp(): Promise<void> {
    await this.ask(async (redis) => {
      await redis.config('SET', 'maxmemory-policy', 'noeviction');
      await redis.config('SET', 'maxmemory', '1');
    });
  }

  async makeRoom(): Promise<void> {
    await this.ask((redis) => redis.config('SET', 'maxmemory', '0'));
  }

  /** Everything in it as text, for those who look for secrets. */
  async contents(): Promise<string> {
    return this.ask(async (redis) => {
      const parts: string[] = [];
      for (const key of await redis.keys('*')) {
        const type = await redis.type(key);
        if (type === 'hash') parts.push(JSON.stringify(await redis.hgetall(key)));
        else if (type === 'list') parts.push((await redis.lrange(key, 0, -1)).join(' '));
        else if (type === 'string') parts.push((await redis.get(key)) ?? '');
        parts.push(key);
      }
      return parts.join('\n');
    });
  }

  async ask<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(this.url, { lazyConnect: true, maxRetriesPerRequest: 1, retryStrategy: null });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      return await work(redis);
    } finally {
      redis.disconnect();
    }
  }
}
