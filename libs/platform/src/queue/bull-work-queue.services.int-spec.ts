/** Real: Redis, Bull, a TCP line to Redis that can be cut. Nothing is faked. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import Bull from 'bull';
import { createLogger } from '../logging/index.js';
import { eventually } from '../testing/eventually.js';
import { TcpProxy } from '../testing/tcp-proxy.js';
import { emptyRedis, TEST_REDIS_URL } from '../testing/test-redis.js';
import { bullOptions } from './bull-options.js';
import { BullWorkQueue } from './bull-work-queue.js';
import type { Job } from './work-queue.js';
import { describeWorkQueue } from './work-queue.contract.js';

const logger = createLogger('silent');

function open<J extends Job>(
  url = TEST_REDIS_URL,
  name = randomUUID(),
  settings: Bull.AdvancedSettings = {},
): BullWorkQueue<J> {
  const { url: address, ...options } = bullOptions(url);
  const make = (): Bull.Queue<J> =>
    new Bull<J>(name, address, { ...options, settings: { ...options.settings, ...settings } });
  return new BullWorkQueue(make(), logger, make);
}

beforeAll(emptyRedis);
afterAll(emptyRedis);

describeWorkQueue('Bull on Redis', () => Promise.resolve(open()));

describe('Bull on a Redis that comes and goes', () => {
  const job = (id: string): Job => ({ id, orgId: 'org' });
  let proxy: TcpProxy;
  let queue: BullWorkQueue<Job>;
  let seen: string[];

  beforeEach(async () => {
    proxy = await TcpProxy.before(TEST_REDIS_URL, 6379);
    queue = open(proxy.url);
    seen = [];
    queue.consume(async ({ id }) => void seen.push(id), 2);
    await queue.add(job('first'));
    await eventually(() => seen.includes('first'));
  });

  afterEach(async () => {
    proxy.mend();
    await queue.close();
    await proxy.close();
  });

  it('refuses a job within its deadline while Redis is away', async () => {
    proxy.cut();
    const begin = performance.now();
    await expect(queue.add(job('lost'))).rejects.toThrow('The queue does not answer.');
    expect(performance.now() - begin).toBeLessThan(3_000);
  });

  it('consumes what is added after Redis came back', async () => {
    proxy.cut();
    await sleep(100);
    proxy.mend();
    await eventually(
      () =>
        queue.add(job('later')).then(
          () => true,
          () => false,
        ),
      10_000,
    );
    await eventually(() => seen.includes('later'), 10_000);
  });

  it('consumes what is added after Redis was emptied', async () => {
    await emptyRedis();
    await queue.add(job('later'));
    await eventually(() => seen.includes('later'));
  });

  it('consumes what is added after Redis was emptied while it was away', async () => {
    proxy.cut();
    await emptyRedis();
    await sleep(50);
    proxy.mend();
    await eventually(
      () =>
        queue.add(job('later')).then(
          () => true,
          () => false,
        ),
      10_000,
    );
    await eventually(() => seen.includes('later'), 10_000);
  });

  it('makes a new consumer when jobs wait and nobody takes them', async () => {
    // What a consumer looks like that has gone quiet: there, connected, and taking nothing.
    await (queue as unknown as { queue: Bull.Queue }).queue.pause(true, true);
    await queue.add(job('later'));
    await sleep(100);
    expect(seen).not.toContain('later');
    await queue.look();
    await queue.look();
    await eventually(() => seen.includes('later'), 10_000);
  });
});

describe('A job of a worker that was killed before it could look at the row', () => {
  it('is handed to another worker once its lock has ended', async () => {
    const name = randomUUID();
    const settings = { lockDuration: 300, lockRenewTime: 100_000, stalledInterval: 200 };
    const dead = open(TEST_REDIS_URL, name, settings);
    let isTaken = false;
    dead.consume(() => {
      isTaken = true;
      return new Promise(() => undefined);
    }, 1);
    await dead.add({ id: 'job', orgId: 'org' });
    await eventually(() => isTaken);
    await dead.close();

    const next = open(TEST_REDIS_URL, name, settings);
    let isTakenAgain = false;
    next.consume(async () => void (isTakenAgain = true), 1);
    await next.add({ id: 'job', orgId: 'org' });
    await eventually(() => isTakenAgain);
    await next.close();
  });
});
