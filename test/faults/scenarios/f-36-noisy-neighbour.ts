import { newOrg } from '../../support/new-org.js';
import { chain } from '../../support/graphs/chain.js';
import type { Scenario } from '../scenario.js';

const SHORT_BACKLOG = 200;
const LONG_BACKLOG = 500;
const QUIET_RUNS = 5;
const CALLS_PER_RUN = 8;
const STARTS_AT_A_TIME = 20;

export const noisyNeighbour: Scenario = {
  id: 'F-36',
  title: 'takes an organisation’s runs in turn although another one has hundreds in the queue before them',
  grounds: ['cluster'],
  async play(round) {
    const { ground, isLong } = round;
    const backlog = isLong ? LONG_BACKLOG : SHORT_BACKLOG;
    const calls = Array.from({ length: CALLS_PER_RUN }, (_none, index) => ({
      id: `call${index}`,
      kind: 'http',
      config: { method: 'GET', url: `${ground.world.url}/reads/noise` },
    }));
    const loud = await ground.client.agents.publishNew(chain(calls), 'loud');
    const { owner } = await newOrg(ground.client.url, 'Quiet');
    const quiet = await owner.agents.publishNew(
      chain([{ id: 'one', kind: 'transform', config: { expression: '1' } }]),
      'quiet',
    );
    // Nobody takes anything while the queue fills, so that the quiet ones stand behind all others.
    for (const worker of ground.workers) worker.freeze();
    const ids: string[] = [];
    let thawedAt = 0;
    try {
      for (let started = 0; started < backlog; started += STARTS_AT_A_TIME) {
        await Promise.all(Array.from({ length: STARTS_AT_A_TIME }, () => round.startAgent({ agentId: loud })));
      }
      for (let index = 0; index < QUIET_RUNS; index += 1)
        ids.push((await owner.executions.start({ agentId: quiet })).id);
    } finally {
      thawedAt = Date.now();
      for (const worker of ground.workers) worker.thaw();
    }
    const ended = await Promise.all(ids.map((id) => owner.executions.ended(id)));
    const waits = ended.map(({ startedAt }) => Date.parse(startedAt ?? '') - thawedAt);
    const last = Math.max(
      ...(await Promise.all(
        round.runs.slice(-10).map(async ({ id }) => {
          const { startedAt } = await ground.client.executions.ended(id);
          return Date.parse(startedAt ?? '') - thawedAt;
        }),
      )),
    );
    round.expect(
      Math.max(...waits) < last / 2,
      `Runs of a quiet organisation waited ${waits.join(', ')} ms, the last of the ${backlog} before them ${last} ms.`,
    );
    round.note(
      `behind ${backlog} runs of another organisation ${QUIET_RUNS} runs waited ${Math.max(...waits)} ms at most, the last of the ${backlog} ${last} ms`,
    );
  },
};
