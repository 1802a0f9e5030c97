import type { Scenario } from '../scenario.js';

/** After Redis is back a worker takes work again within this time, by itself. */
const BACK_WITHIN_MS = 15_000;

export const redisRestarts: Scenario = {
  id: 'F-08',
  title: 'accepts runs while Redis is away, and works them off by itself when it is back',
  grounds: ['cluster'],
  async play(round) {
    const { ground, random, isLong } = round;
    await round.startMix();
    await round.pause(0, 500);
    round.faultHappens();
    await ground.redis?.kill9();
    const awayMs = isLong && random.between(1, 3) === 1 ? 60_000 : 10_000;
    const backAt = Date.now() + awayMs;
    const began = Date.now();
    await round.startMix();
    round.expect(Date.now() - began < 30_000, 'Starts took more than 30 s while Redis was away.');
    for (const api of ground.apis) {
      const probe = await fetch(`${api.url}/health/ready`, { signal: AbortSignal.timeout(5_000) });
      round.expect(probe.status === 200, `${api.name} is not ready without Redis: ${await probe.text()}`);
    }
    if (Date.now() < backAt) await round.pause(backAt - Date.now());
    await ground.redis?.start();
    const back = Date.now();
    const { id } = await round.start('pure');
    await ground.client.executions.ended(id, BACK_WITHIN_MS);
    round.note(`${awayMs / 1000} s away; a background run ended ${Date.now() - back} ms after the return`);
  },
};
