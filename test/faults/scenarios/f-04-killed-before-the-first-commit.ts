import type { Scenario } from '../scenario.js';

const ACTIVE_JOBS = 'agentflow:queue:executions:active';

export const killedBeforeTheFirstCommit: Scenario = {
  id: 'F-04',
  title: 'starts again from the input when a worker is killed between taking a run and its first commit',
  grounds: ['cluster', 'embedded'],
  async play(round) {
    const { ground } = round;
    // Workers take jobs from Redis and hear nothing from Postgres any more.
    for (const { database } of ground.workers) if (!ground.isAlone) database?.stall();
    await round.startMix();
    const { redis } = ground;
    if (redis)
      await round.until(async () => redis.ask(async (on) => (await on.llen(ACTIVE_JOBS)) > 0), 'a job to be taken');
    await round.pause(0, 100);
    round.faultHappens();
    await ground.crash(...ground.workers);
  },
};
