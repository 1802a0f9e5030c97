import { chain } from '../../support/graphs/chain.js';
import { findCaller } from '../ground/find-caller.js';
import type { Scenario } from '../scenario.js';

export const zombie: Scenario = {
  id: 'F-07',
  title: 'refuses every write of a worker that wakes after another one has taken its run over',
  grounds: ['cluster'],
  missing: () => (process.platform === 'linux' ? null : 'finds a sleeping worker through /proc'),
  async play(round) {
    const { ground } = round;
    const { world } = ground;
    const name = round.newName('zombie');
    const at = (behaviour: string, id: string) => ({
      id,
      kind: 'http',
      config: {
        method: behaviour === 'reads' ? 'GET' : 'POST',
        url: `${world.url}/${behaviour}/${name}/${id}`,
        ...(behaviour === 'honours' && { idempotent: true }),
      },
    });
    const agentId = await ground.client.agents.publishNew(
      chain([at('honours', 'book'), at('reads', 'look'), at('acts', 'pay')]),
      'taken over',
    );
    const releaseBook = world.hold(`/honours/${name}/book`);
    const releaseLook = world.hold(`/reads/${name}/look`);
    const { id } = await round.startAgent({ agentId }, { name });
    await round.startMix();
    const worker = await findCaller(ground, await world.reached(`/honours/${name}/book`));
    if (!worker) throw new Error('Nobody knows which worker made the call.');
    await round.pause(0, 300);
    round.faultHappens();
    worker.freeze();
    // The answer reaches the sleeping worker's socket: it has a result to write when it wakes.
    releaseBook();
    await world.reached(`/reads/${name}/look`, 1, 45_000);
    // It wakes while the other one is in the middle of the run, and must neither write nor go on.
    worker.thaw();
    await round.pause(1_000, 2_500);
    releaseLook();
    const { executions } = ground.client;
    const { status, attempt } = await executions.ended(id);
    round.expect(status === 'succeeded' && attempt === 2, `The run ended as ${status} in attempt ${attempt}.`);
    round.expect(
      world.callsTo(`/reads/${name}/look`).length === 1,
      'The worker that had lost the run went on with it.',
    );
    round.expect(
      world.actsOf(`/acts/${name}/pay`) === 1,
      `The payment was made ${world.actsOf(`/acts/${name}/pay`)} times.`,
    );
    round.expect(
      worker.hasSaid('run handed over to another attempt') && !worker.hasSaid('run stopped'),
      'The worker that woke did not notice that the run is another’s.',
    );
  },
};
