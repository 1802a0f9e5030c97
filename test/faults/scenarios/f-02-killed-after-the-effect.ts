import type { ExecutionsClient } from '../../support/clients/executions.client.js';
import { chain } from '../../support/graphs/chain.js';
import { crashCaller } from '../ground/find-caller.js';
import type { AcceptedRun, Round } from '../round.js';
import type { Scenario } from '../scenario.js';

/** One POST, at a path that says how the other side bears it; its answer never comes before somebody is killed. */
const drawn = (world: string, idempotent: boolean) =>
  chain(
    [
      {
        id: 'pay',
        kind: 'http',
        config: { method: 'POST', url: `${world}/{{ input.where }}/{{ input.name }}/pay`, body: '{}', idempotent },
      },
    ],
    '{ "answer": steps.pay }',
  );

export const killedAfterTheEffect: Scenario = {
  id: 'F-02',
  title:
    'repeats under the same key what bears it, and asks a person about everything else, when killed after an effect',
  grounds: ['cluster', 'embedded'],
  async play(round) {
    const { ground } = round;
    const { agents } = ground.client;
    round.person.leaveEffectsAlone();
    const [repeatable, once] = await Promise.all(
      [true, false].map((idempotent) => agents.publishNew(drawn(ground.world.url, idempotent), 'one payment')),
    );
    // One whose payment is repeated, one whose payment happened, one whose request got lost on the way.
    const again = await startAt(round, repeatable ?? '', 'honours');
    const happened = await startAt(round, once ?? '', 'acts');
    const lost = await startAt(round, once ?? '', 'loses');
    const calls = await Promise.all(
      [`/honours/${again.name}/`, `/acts/${happened.name}/`, `/loses/${lost.name}/`].map((path) =>
        ground.world.reached(path),
      ),
    );
    await round.pause(0, 200);
    round.faultHappens();
    for (const call of calls) await crashCaller(ground, call);
    ground.world.releaseAll();
    await ground.heal();

    const { executions } = ground.client;
    await executions.ended(again.id);
    const keys = ground.world.callsTo(`/honours/${again.name}/pay`).map(({ idempotencyKey }) => idempotencyKey);
    round.expect(
      keys.length >= 2 && new Set(keys).size === 1,
      `The repeated payment carried the keys ${keys.join(', ')}.`,
    );
    round.expect(ground.world.actsOf(`/honours/${again.name}/pay`) === 1, 'The repeated payment was made twice.');

    await decide(round, executions, happened, 'happened', { status: 200, headers: {}, body: { ok: true } });
    round.expect(ground.world.callsTo(`/acts/${happened.name}/pay`).length === 1, 'What had happened was sent again.');
    await decide(round, executions, lost, 'not_happened');
    round.expect(ground.world.actsOf(`/loses/${lost.name}/pay`) === 1, 'What had not happened did not happen once.');
  },
};

async function startAt(round: Round, agentId: string, where: string): Promise<AcceptedRun> {
  const name = round.newName(where);
  round.ground.world.hold(`/${where}/${name}/`);
  return round.startAgent({ agentId, input: { where } }, { name });
}

/** Answers the run's question and sees it to its end. @throws Error when it did not ask, or did not succeed then */
async function decide(
  round: Round,
  executions: ExecutionsClient,
  run: AcceptedRun,
  decision: string,
  data?: unknown,
): Promise<void> {
  const waiting = await executions.waiting(run.id);
  const [wait] = waiting.waits;
  round.expect(wait?.kind === 'effect', `${run.name} waits for ${wait?.kind}, not for an answer about its effect.`);
  round.expect(waiting.attempt > 1, `${run.name} asked in its first attempt, before anybody was killed.`);
  const { status, text } = await executions.tryDecide(run.id, decision, data);
  round.expect(status === 200, `The decision ${decision} was answered with ${status}: ${text}`);
  const ended = await executions.ended(run.id);
  round.expect(
    ended.status === 'succeeded',
    `${run.name} ended as ${ended.status} after “${decision}”: ${JSON.stringify(ended.error)}`,
  );
}
