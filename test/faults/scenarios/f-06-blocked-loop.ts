import { LEASE_MS } from '../ground/ground.js';
import type { Scenario } from '../scenario.js';

export const blockedLoop: Scenario = {
  id: 'F-06',
  title: 'gives one result and no false failure when a worker’s event loop is blocked for about as long as its lease',
  grounds: ['cluster'],
  async play(round) {
    const { ground, random } = round;
    const worker = random.oneOf(ground.workers);
    await round.startMix();
    await round.pause(0, 600);
    // Seen from outside a process that computes and one that is stopped look the same: it holds its connections and says nothing.
    round.faultHappens();
    worker.freeze();
    await round.pause(LEASE_MS * 0.6, LEASE_MS * 1.6);
    worker.thaw();
  },
};
