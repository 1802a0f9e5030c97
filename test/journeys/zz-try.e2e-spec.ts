import { Redis } from 'ioredis';
import pg from 'pg';
import { FakeOutsideWorld } from '../support/fake-outside-world.js';
import { oneCall } from '../support/graphs/one-call.js';
import { startAgentFlow } from '../support/start-agentflow.js';
it('x', async () => {
  const world = await FakeOutsideWorld.start({ delayMs: 50 });
  const a = await startAgentFlow({ settings: { LOG_LEVEL: 'debug' } });
  const redis = new Redis(a.redis!.url);
  const agentId = await a.client.agents.publishNew(oneCall(`${world.url}/r`));
  const first = await a.client.executions.tryStart({ agentId });
  await a.kill9();
  const db = new pg.Client({ connectionString: (a as any).database.url }); await db.connect();
  const look = async (w: string) => {
    const r = await db.query('select status, attempt, lease_owner, lease_expires_at - now() as lease from execution where id=$1', [first.body.id]);
    const keys = (await redis.keys('agentflow:queue*')).sort();
    const locks = await Promise.all(keys.filter((k) => /lock/.test(k)).map(async (k) => `${k}=${await redis.pttl(k)}`));
    const lists = await Promise.all(['wait','active','paused','stalled'].map(async (l) => `${l}:${(await redis.type('agentflow:queue:executions:'+l))==='list' ? (await redis.lrange('agentflow:queue:executions:'+l,0,-1)).map(x=>x.slice(-6)) : await redis.type('agentflow:queue:executions:'+l)}`));
    process.stderr.write(`${w} ${JSON.stringify(r.rows[0])} ${lists.join(' ')} ${locks.map(l=>l.slice(-20))} calls=${world.calls.length}\n`);
  };
  await look('killed');
  await a.restart();
  for (let i = 0; i < 18; i++) { await look(`t${i}`); await new Promise((r) => setTimeout(r, 700)); }
  process.stderr.write(a.logs().split('\n').filter((l) => /^\{/.test(l) && !/"context"/.test(l)).slice(-15).map(l=>l.slice(0,600)).join('\n'));
  await db.end(); redis.disconnect(); await a.stop().catch((e) => process.stderr.write(String(e).slice(0,500))); await world.stop();
});
