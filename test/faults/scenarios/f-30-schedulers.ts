import type { Scenario } from '../scenario.js';

const SLOTS = 5;
const SCHEDULES = 6;

export const schedulers: Scenario = {
  id: 'F-30',
  title: 'fires each slot of a schedule once, however many processes look at the clock',
  grounds: ['cluster'],
  async play(round) {
    const { ground } = round;
    const { observer } = ground;
    if (!observer) throw new Error('This needs a database that can be looked into.');
    const agentId = ground.agents.idOf('pure');
    const name = round.newName('schedule');
    const ids = await Promise.all(
      Array.from({ length: SCHEDULES }, async (_none, index) => {
        const body = { agentId, name: `${name}-${index}`, cron: '0 0 1 1 *', timeZone: 'UTC', input: { name } };
        return (await ground.client.http.ask<{ id: string }>('POST', '/schedules', body)).id;
      }),
    );
    const fired = async (): Promise<number> =>
      (await observer.rows(`SELECT 1 FROM execution WHERE input->>'name' = $1`, [name])).length;
    for (let slot = 1; slot <= SLOTS; slot += 1) {
      // The slot comes now, for every scheduler at once, instead of on the first of January.
      await observer.rows(
        `UPDATE schedule SET next_at = date_trunc('second', now()) - make_interval(secs => $2), claimed_until = NULL WHERE id = ANY($1)`,
        [ids, SLOTS - slot],
      );
      const wanted = slot * SCHEDULES;
      await round.until(async () => (await fired()) >= wanted, `${wanted} slots to be fired`);
    }
    // A second firing of the last slot would come within the next looks at the clock.
    await round.pause(2_500);
    round.expect((await fired()) === SLOTS * SCHEDULES, `${SLOTS * SCHEDULES} slots made ${await fired()} runs.`);
    for (const id of ids) await ground.client.http.send('DELETE', `/schedules/${id}`);
  },
};
