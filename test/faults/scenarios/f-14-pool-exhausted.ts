import type { Scenario } from '../scenario.js';

const REQUESTS = 30;
/** hardening.md asks for 5 s; the rest is what a loaded machine adds. */
const ANSWER_WITHIN_MS = 7_000;
const HELD_MS = 8_000;

export const poolExhausted: Scenario = {
  id: 'F-14',
  title: 'answers 503 within seconds when slow queries hold every connection, and stays alive to probes',
  grounds: ['cluster'],
  async play(round) {
    const { ground } = round;
    const [api] = ground.apis;
    const { observer } = ground;
    if (!api || !observer) throw new Error('This needs an API on Postgres.');
    await round.startMix(['calls', 'loop', 'map']);
    round.faultHappens();
    const refused = await observer.holding('LOCK TABLE agent IN ACCESS EXCLUSIVE MODE', async () => {
      const held = Date.now();
      const asked = Array.from({ length: REQUESTS }, async () => {
        const response = await fetch(`${api.url}/api/v1/agents`, {
          headers: { authorization: `Bearer ${ground.client.token}` },
          signal: AbortSignal.timeout(40_000),
        });
        await response.text();
        return { status: response.status, ms: Date.now() - held };
      });
      await round.pause(300);
      const probe = await fetch(`${api.url}/health/live`, { signal: AbortSignal.timeout(2_000) });
      round.expect(probe.status === 200, `The probe answered ${probe.status}.`);
      await round.pause(HELD_MS);
      return asked;
    });
    const answers = await Promise.all(refused);
    const unavailable = answers.filter(({ status }) => status === 503);
    const slowest = Math.max(0, ...unavailable.map(({ ms }) => ms));
    round.expect(unavailable.length > 0, `Nobody was refused: ${answers.map(({ status }) => status).join(' ')}`);
    round.expect(slowest < ANSWER_WITHIN_MS, `A refusal took ${slowest} ms.`);
    round.expect(
      answers.every(({ status }) => status === 503 || status === 200),
      `The answers were ${answers.map(({ status }) => status).join(' ')}.`,
    );
    round.note(`${unavailable.length} of ${REQUESTS} refused, the last after ${slowest} ms`);
  },
};
