import { chain } from '../../support/graphs/chain.js';
import { models } from '../outside/scripted-provider.js';
import type { Scenario } from '../scenario.js';

/** How long a model may say nothing in the middle of an answer (the providers' own limit). */
const IDLE_MS = 60_000;

export const silentStream: Scenario = {
  id: 'F-18',
  title: 'gives up a model that falls silent in the middle of its answer, and keeps what it had said',
  grounds: ['cluster'],
  async play(round) {
    const { ground, isLong } = round;
    const limitMs = isLong ? IDLE_MS : 2_000;
    const agentId = await ground.client.agents.publishNew(
      chain([
        {
          id: 'say',
          kind: 'llm',
          config: { model: models.silent, prompt: 'Say something.' },
          // The short form does not wait a minute for the limit that is always there.
          ...(!isLong && { timeoutMs: limitMs }),
        },
      ]),
      'a silent model',
    );
    const abandoned = ground.provider.abandonedBy(models.silent);
    const { id } = await round.startAgent({ agentId }, { mustSucceed: false });
    await round.startMix(['model', 'tools']);
    const began = Date.now();
    const { status, error } = await ground.client.executions.ended(id, limitMs + 20_000);
    round.expect(status === 'failed' && error !== null, `The run ended as ${status}: ${JSON.stringify(error)}`);
    const text = (await ground.client.executions.allEvents(id)).filter(({ type }) => type === 'text-delta');
    round.expect(text.length > 0, 'What the model had said is not in the log.');
    await round.until(() => ground.provider.abandonedBy(models.silent) > abandoned, 'the request to be given up');
    round.note(`${error?.code} after ${Date.now() - began} ms`);
  },
};
