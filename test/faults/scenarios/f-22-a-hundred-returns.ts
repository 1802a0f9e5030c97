import type { ExecutionEvent } from '../../support/clients/executions.client.js';
import { chain } from '../../support/graphs/chain.js';
import { models } from '../outside/scripted-provider.js';
import type { Scenario } from '../scenario.js';

const RETURNS = 100;

export const aHundredReturns: Scenario = {
  id: 'F-22',
  title: 'gives a client that comes back a hundred times, to one API and the other, every event once',
  grounds: ['cluster'],
  async play(round) {
    const { ground, random } = round;
    const agentId = await ground.client.agents.publishNew(
      chain([{ id: 'say', kind: 'llm', config: { model: models.talkative, prompt: 'Talk for a while.' } }]),
      'a long answer',
    );
    const { id } = await round.startAgent({ agentId });
    const heard: ExecutionEvent[] = [];
    let returns = 0;
    for (; returns < RETURNS && heard.at(-1)?.type !== 'execution-end'; returns += 1) {
      const api = ground.apis[returns % ground.apis.length];
      if (!api) break;
      await hear(
        ground.clientOf(api).executions.follow(id, heard.length, AbortSignal.timeout(20_000)),
        heard,
        random.between(1, 3),
      );
    }
    const { executions } = ground.client;
    if (heard.at(-1)?.type !== 'execution-end') {
      await hear(executions.follow(id, heard.length, AbortSignal.timeout(40_000)), heard, Infinity);
    }
    const seqs = heard.map(({ seq }) => seq);
    round.expect(
      seqs.every((seq, index) => seq === index + 1),
      `After ${returns} returns the client has heard ${seqs.join(' ')}.`,
    );
    const log = await executions.allEvents(id);
    round.expect(JSON.stringify(heard) === JSON.stringify(log), 'What was heard is not what the log says.');
    round.expect(returns === RETURNS, `The run ended after ${returns} returns.`);
    round.note(`${heard.length} events over ${returns} connections`);
  },
};

/** Listens to that many events and hangs up. */
async function hear(events: AsyncIterable<ExecutionEvent>, heard: ExecutionEvent[], count: number): Promise<void> {
  let left = count;
  for await (const event of events) {
    heard.push(event);
    if ((left -= 1) <= 0) return;
  }
}
