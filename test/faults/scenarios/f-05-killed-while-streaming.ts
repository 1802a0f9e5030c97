import type { ExecutionEvent } from '../../support/clients/executions.client.js';
import { chain } from '../../support/graphs/chain.js';
import { models } from '../outside/scripted-provider.js';
import type { Scenario } from '../scenario.js';

export const killedWhileStreaming: Scenario = {
  id: 'F-05',
  title: 'lets a client go on at another API after the last event that it saw, when its API is killed mid-stream',
  grounds: ['cluster', 'embedded'],
  async play(round) {
    const { ground, random } = round;
    const agentId = await ground.client.agents.publishNew(
      chain([
        { id: 'first', kind: 'llm', config: { model: models.ready, prompt: 'Say something.' } },
        { id: 'second', kind: 'llm', config: { model: models.ready, prompt: 'Say more.' } },
      ]),
      'two answers',
    );
    const api = random.oneOf(ground.apis);
    const name = round.newName('stream');
    const heard: ExecutionEvent[] = [];
    const breakAt = random.between(3, 25);
    const request = { agentId, input: { name }, metadata: { name } };
    try {
      for await (const event of ground.clientOf(api).executions.stream(request, AbortSignal.timeout(30_000))) {
        heard.push(event);
        if (heard.length !== breakAt) continue;
        round.faultHappens();
        await ground.crash(api);
      }
    } catch {
      // The line broke, as it should.
    }
    const id = heard[0]?.executionId ?? '';
    round.accepted(id, name);
    const elsewhere = ground.client.executions;
    for await (const event of elsewhere.follow(id, heard.length, AbortSignal.timeout(60_000))) heard.push(event);
    const seqs = heard.map(({ seq }) => seq);
    round.expect(
      seqs.every((seq, index) => seq === index + 1) && heard.at(-1)?.type === 'execution-end',
      `The client heard ${seqs.join(' ')}, last ${heard.at(-1)?.type}.`,
    );
  },
};
