import type { Scenario } from '../scenario.js';

export const connectionsEnd: Scenario = {
  id: 'F-13',
  title: 'loses and doubles nothing when Postgres ends connections in the middle of transactions',
  grounds: ['cluster'],
  async play(round) {
    const { ground, isLong } = round;
    const started = [round.startMix(), round.startMix()];
    let met = 0;
    for (let times = 0; times < (isLong ? 20 : 8); times += 1) {
      await round.pause(20, 250);
      round.faultHappens();
      met += (await ground.observer?.terminateBackends(round.random.between(1, 6))) ?? 0;
    }
    await Promise.all(started);
    round.note(`${met} connections ended`);
  },
};
