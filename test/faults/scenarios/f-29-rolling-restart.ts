import { setTimeout as sleep } from 'node:timers/promises';
import { chain } from '../../support/graphs/chain.js';
import type { MixName } from '../mix/mix-agents.js';
import { models } from '../outside/scripted-provider.js';
import type { Scenario } from '../scenario.js';

const EVERY_MS = 250;
const LOAD: readonly MixName[] = ['pure', 'calls', 'delay', 'map', 'loop', 'code', 'model', 'branches'];

export const rollingRestart: Scenario = {
  id: 'F-29',
  title: 'fails no run while every process is restarted, one after the other, under load',
  grounds: ['cluster'],
  async play(round) {
    const { ground } = round;
    // Longer than a process may take to shut down: these are handed over.
    const talking = await ground.client.agents.publishNew(
      chain([{ id: 'say', kind: 'llm', config: { model: models.talkative, prompt: 'Talk for a while.' } }]),
      'a long answer',
    );
    await Promise.all([1, 2, 3].map(() => round.startAgent({ agentId: talking })));
    let rolling = true;
    const started: Promise<unknown>[] = [];
    const load = (async () => {
      for (let index = 0; rolling; index += 1) {
        started.push(round.start(LOAD[index % LOAD.length] ?? 'pure'));
        await sleep(EVERY_MS);
      }
    })();
    try {
      for (const member of ground.members) {
        await round.pause(100, 600);
        round.faultHappens();
        await member.terminate();
        await member.start();
      }
    } finally {
      rolling = false;
      await load;
    }
    await Promise.all(started);
    round.note(`${started.length} runs, ${ground.members.length} restarts`);
  },
};
