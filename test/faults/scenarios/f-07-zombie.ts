import { LEASE_MS } from '../ground/ground.js';
import { findCaller } from '../ground/find-caller.js';
import type { Scenario } from '../scenario.js';

export const zombie: Scenario = {
  id: 'F-07',
  title: 'refuses every write of a worker that wakes after another one has taken its runs over',
  grounds: ['cluster'],
  missing: () => (process.platform === 'linux' ? null : 'finds a sleeping worker through /proc'),
  async play(round) {
    const { ground } = round;
    const { world } = ground;
    const name = round.newName('map');
    const release = world.hold(`/honours/${name}/`);
    const { id } = await round.startAgent({ agentId: ground.agents.idOf('map') }, { agent: 'map', name });
    await round.startMix();
    const worker = await findCaller(ground, await world.reached(`/honours/${name}/`));
    if (!worker) throw new Error('Nobody knows which worker made the call.');
    await round.pause(0, 300);
    round.faultHappens();
    worker.freeze();
    // The answers reach the sleeping worker's sockets, so that it has results to write when it wakes.
    release();
    const { executions } = ground.client;
    await executions.until(id, ({ attempt }) => attempt > 1, 'to be taken over', 45_000);
    await round.pause(0, LEASE_MS);
    worker.thaw();
    const ended = await executions.ended(id);
    const resumes = (await executions.allEvents(id)).filter(({ type }) => type === 'execution-resume');
    round.expect(
      ended.attempt >= 2 && resumes.length === ended.attempt - 1,
      `Attempt ${ended.attempt}, ${resumes.length} resumptions.`,
    );
  },
};
