import { newOrg } from '../../support/new-org.js';
import { chain } from '../../support/graphs/chain.js';
import type { Scenario } from '../scenario.js';

const SHORT_BACKLOG = 200;
const LONG_BACKLOG = 500;
const QUIET_RUNS = 5;
const STARTS_AT_A_TIME = 20;

export const noisyNeighbour: Scenario = {
  id: 'F-36',
  title:
    'lets an organisation’s runs through while another one has hundreds in the queue (measured, not yet held to a limit)',
  grounds: ['cluster'],
  async play(round) {
    const { ground, isLong } = round;
    const backlog = isLong ? LONG_BACKLOG : SHORT_BACKLOG;
    const loud = ground.agents.idOf('loop');
    const { url } = ground.client;
    const { owner } = await newOrg(url, 'Quiet');
    const agentId = await owner.agents.publishNew(
      chain([{ id: 'one', kind: 'transform', config: { expression: '{ "n": 1 }' } }]),
      'quiet',
    );
    for (let started = 0; started < backlog; started += STARTS_AT_A_TIME) {
      await Promise.all(
        Array.from({ length: STARTS_AT_A_TIME }, () => round.startAgent({ agentId: loud }, { agent: 'loop' })),
      );
    }
    round.faultHappens();
    const waits: number[] = [];
    for (let index = 0; index < QUIET_RUNS; index += 1) {
      const { id } = await owner.executions.start({ agentId });
      waits.push((await owner.executions.ended(id)).queuedMs ?? 0);
    }
    round.note(`behind ${backlog} runs of another organisation ${QUIET_RUNS} runs waited ${waits.join(', ')} ms`);
  },
};
