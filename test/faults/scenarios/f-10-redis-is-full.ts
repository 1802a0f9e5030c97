import type { Scenario } from '../scenario.js';

export const redisIsFull: Scenario = {
  id: 'F-10',
  title: 'accepts runs that a full Redis refuses to queue, and runs them when there is room',
  grounds: ['cluster'],
  async play(round) {
    const { ground } = round;
    await round.startMix();
    await round.pause(0, 300);
    round.faultHappens();
    await ground.redis?.fillUp();
    await round.startMix();
    await round.pause(2_000, 4_000);
    round.expect(
      ground.members.every(({ alive }) => alive),
      'A process ended because Redis was full.',
    );
    await ground.redis?.makeRoom();
  },
};
