import { missingOwnPostgres, type Scenario } from '../scenario.js';

/** After Postgres is back a run goes through within this time. */
const BACK_WITHIN_MS = 15_000;

export const postgresRestarts: Scenario = {
  id: 'F-12',
  title: 'answers 503 while Postgres restarts after a crash, and has lost nothing that it said was committed',
  grounds: ['cluster'],
  missing: missingOwnPostgres,
  async play(round) {
    const { ground } = round;
    await round.startMix();
    await round.pause(0, 1_000);
    round.faultHappens();
    await ground.postgres?.stopImmediately();
    const awayMs = round.random.between(500, 4_000);
    const backAt = Date.now() + awayMs;
    const answers = await Promise.all(
      ground.apis.map(({ url }) =>
        fetch(`${url}/api/v1/agents`, {
          headers: { authorization: `Bearer ${ground.client.token}` },
          signal: AbortSignal.timeout(10_000),
        }).then(
          ({ status }) => status,
          (error: Error) => error.message,
        ),
      ),
    );
    round.expect(
      answers.every((status) => status === 503),
      `Without a database the APIs answered ${answers.join(' and ')}.`,
    );
    if (Date.now() < backAt) await round.pause(backAt - Date.now());
    await ground.postgres?.start();
    const back = Date.now();
    const { id } = await round.start('pure');
    await ground.client.executions.ended(id, BACK_WITHIN_MS);
    round.note(`a run ended ${Date.now() - back} ms after the return`);
  },
};
