import type { Scenario } from '../scenario.js';

const RUNS = 5;

export const killedBeforeTheKnock: Scenario = {
  id: 'F-03',
  title: 'runs what was committed although the API was killed before it could put it into the queue',
  grounds: ['cluster', 'embedded'],
  async play(round) {
    const { ground, random } = round;
    const api = random.oneOf(ground.apis);
    // Its line to Redis swallows the knock; Postgres hears of the run.
    api.redis?.stall();
    const names = Array.from({ length: RUNS }, () => round.newName('calls'));
    const { executions } = ground.clientOf(api);
    const starts = names.map((name) =>
      executions
        .tryStart(
          { agentId: ground.agents.idOf('calls'), input: { name }, metadata: { name } },
          { 'idempotency-key': name },
        )
        .then(
          ({ status, body }) => (status < 300 ? body.id : null),
          () => null,
        ),
    );
    const { observer } = ground;
    if (observer) {
      const committed = async (): Promise<boolean> =>
        (await observer.rows(`SELECT 1 FROM execution WHERE metadata->>'name' = ANY($1)`, [names])).length === RUNS;
      await round.until(committed, 'all rows to be committed');
    } else await Promise.all(starts);
    await round.pause(0, 200);
    round.faultHappens();
    await ground.crash(api);
    const ids = await Promise.all(starts);
    const rows = observer
      ? await observer.rows<{ id: string; name: string }>(
          `SELECT id, metadata->>'name' AS name FROM execution WHERE metadata->>'name' = ANY($1)`,
          [names],
        )
      : names.map((name, index) => ({ id: ids[index] ?? '', name }));
    for (const { id, name } of rows) round.accepted(id, name, 'calls');
    // The other API and the workers are whole: nobody needs the killed one.
    const { client } = ground;
    for (const { id } of rows) await client.executions.ended(id, 30_000);
  },
};
