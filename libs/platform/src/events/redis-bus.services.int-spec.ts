/** Real: Redis, two buses as in two processes, a TCP line that can be cut. Nothing is faked. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '../logging/index.js';
import { eventually } from '../testing/eventually.js';
import { TcpProxy } from '../testing/tcp-proxy.js';
import { TEST_REDIS_URL } from '../testing/test-redis.js';
import { describeLiveBus } from './live-bus.contract.js';
import { RedisBus } from './redis-bus.js';

const logger = createLogger('silent');

describeLiveBus('The bus through Redis, within one process', () => new RedisBus(TEST_REDIS_URL, logger));

describe('The bus through Redis', () => {
  let proxy: TcpProxy;
  let here: RedisBus;
  let there: RedisBus;
  let channel: string;
  let seen: string[];

  beforeEach(async () => {
    proxy = await TcpProxy.before(TEST_REDIS_URL, 6379);
    here = new RedisBus(TEST_REDIS_URL, logger);
    there = new RedisBus(proxy.url, logger);
    channel = randomUUID();
    seen = [];
    there.subscribe(channel, (message) => void seen.push(message));
    await heard();
  });

  afterEach(async () => {
    await here.close();
    await there.close();
    await proxy.close();
  });

  /** Publishes until the other process hears it: connections take their time. */
  async function heard(): Promise<void> {
    seen.length = 0;
    await eventually(async () => {
      here.publish(channel, 'ping');
      await sleep(20);
      return seen.length > 0;
    });
    await sleep(50);
    seen.length = 0;
  }

  it('reaches the listeners of another process once, in order', async () => {
    for (const message of ['1', '2', '3']) here.publish(channel, message);
    await eventually(() => seen.length === 3);
    expect(seen).toEqual(['1', '2', '3']);
  });

  it('does not echo: whoever publishes hears itself once', async () => {
    there.publish(channel, 'own');
    expect(seen).toEqual(['own']);
    await sleep(100);
    expect(seen).toEqual(['own']);
  });

  it('listens again after Redis was away, also to what was subscribed to meanwhile', async () => {
    proxy.cut();
    await sleep(50);
    there.subscribe(`${channel}-late`, (message) => void seen.push(`late ${message}`));
    proxy.mend();
    await heard();
    here.publish(`${channel}-late`, '1');
    await eventually(() => seen.includes('late 1'));
  });

  it('never throws and never waits while Redis is away', async () => {
    proxy.cut();
    await sleep(50);
    there.publish(channel, 'local');
    expect(seen).toEqual(['local']);
  });
});
