import { crashCaller } from '../ground/find-caller.js';
import type { Scenario } from '../scenario.js';

export const killedBeforeTheEffect: Scenario = {
  id: 'F-01',
  title: 'goes on at the unfinished step when a process is killed before a step acts',
  grounds: ['cluster', 'embedded'],
  async play(round) {
    const { ground } = round;
    const name = round.newName('calls');
    // The step before those that act is under way, so neither of them has begun.
    const release = ground.world.hold(`/reads/${name}/`);
    await Promise.all([
      round.startMix(),
      round.startAgent({ agentId: ground.agents.idOf('calls') }, { agent: 'calls', name }),
    ]);
    const call = await ground.world.reached(`/reads/${name}/`);
    await round.pause(0, 300);
    round.faultHappens();
    await crashCaller(ground, call);
    round.expect(ground.world.actsOf(`/honours/${name}/book`) === 0, 'A step acted before the one that it follows.');
    release();
  },
};
