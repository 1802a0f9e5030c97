import { chain } from '../../support/graphs/chain.js';
import { crashCaller } from '../ground/find-caller.js';
import type { Scenario } from '../scenario.js';

/** After so many lost processes a run is given up (libs/executions). */
const LOST_AT_MOST = 5;

export const poison: Scenario = {
  id: 'F-28',
  title: 'ends a run that kills its worker every time after five of them, while other runs keep flowing',
  grounds: ['cluster'],
  async play(round) {
    const { ground } = round;
    const name = round.newName('poison');
    const path = `/reads/${name}`;
    ground.world.hold(path);
    const agentId = await ground.client.agents.publishNew(
      chain([{ id: 'bad', kind: 'http', config: { method: 'GET', url: ground.world.url + path } }]),
      'poison',
    );
    const { id } = await round.startAgent({ agentId }, { name, mustSucceed: false });
    for (let lost = 1; lost <= LOST_AT_MOST; lost += 1) {
      const call = await ground.world.reached(path, lost, 45_000);
      round.faultHappens();
      await crashCaller(ground, call);
      const others = await round.startMix(['calls', 'pure']);
      // As an orchestrator does: whoever ended is started again, and others work in the meantime.
      await Promise.all(ground.workers.filter(({ alive }) => !alive).map((worker) => worker.start()));
      for (const other of others) await ground.client.executions.ended(other.id);
    }
    const { status, error } = await ground.client.executions.ended(id, 45_000);
    round.expect(
      status === 'failed' && error?.code === 'run.too_many_attempts',
      `The poison run ended as ${status}: ${JSON.stringify(error)}`,
    );
    round.expect(
      ground.world.callsTo(path).length === LOST_AT_MOST,
      `It was tried ${ground.world.callsTo(path).length} times.`,
    );
  },
};
