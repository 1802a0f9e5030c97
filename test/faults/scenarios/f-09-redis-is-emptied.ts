import type { Scenario } from '../scenario.js';

export const redisIsEmptied: Scenario = {
  id: 'F-09',
  title: 'loses no run when Redis is emptied while runs are being started',
  grounds: ['cluster'],
  async play(round) {
    const { ground } = round;
    const started = [round.startMix(), round.startMix()];
    for (let times = 0; times < 3; times += 1) {
      await round.pause(0, 400);
      round.faultHappens();
      await ground.redis?.flush();
    }
    await Promise.all(started);
    await round.startMix();
    await ground.redis?.flush();
  },
};
