import type { NestExpressApplication } from '@nestjs/platform-express';
import { Redis } from 'ioredis';
import { OrgDatabase } from '#tenancy';

const REASON = 'a test looks for secrets in everything that is kept';

/** Every row of every table that the application may read, as text, by table. */
export async function everyRow(app: NestExpressApplication): Promise<ReadonlyMap<string, string>> {
  const database = app.get(OrgDatabase);
  const tables = await database.acrossOrgsStatement<{ name: string }>(
    REASON,
    `SELECT c.relname AS name FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND has_table_privilege(c.oid, 'SELECT') ORDER BY 1`,
    [],
  );
  const rows = new Map<string, string>();
  for (const { name } of tables) {
    const all = await database.acrossOrgsStatement<{ row: string }>(
      REASON,
      `SELECT to_jsonb(t)::text AS row FROM "${name}" t`,
      [],
    );
    rows.set(name, all.map(({ row }) => row).join('\n'));
  }
  return rows;
}

/** Everything in a Redis as text. */
export async function everyKey(url: string): Promise<string> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1 });
  await redis.connect();
  try {
    const parts: string[] = [];
    for await (const keys of redis.scanStream({ count: 500 })) {
      for (const key of keys as string[]) parts.push(key, await valueOf(redis, key));
    }
    return parts.join('\n');
  } finally {
    redis.disconnect();
  }
}

async function valueOf(redis: Redis, key: string): Promise<string> {
  switch (await redis.type(key)) {
    case 'hash':
      return JSON.stringify(await redis.hgetall(key));
    case 'list':
      return (await redis.lrange(key, 0, -1)).join('\n');
    case 'set':
      return (await redis.smembers(key)).join('\n');
    case 'zset':
      return (await redis.zrange(key, 0, -1)).join('\n');
    case 'stream':
      return JSON.stringify(await redis.xrange(key, '-', '+'));
    case 'string':
      return (await redis.get(key)) ?? '';
    default:
      return '';
  }
}
