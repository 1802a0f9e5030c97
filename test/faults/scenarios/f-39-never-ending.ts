import type { Graph } from '../../support/clients/agents.client.js';
import { chain } from '../../support/graphs/chain.js';
import { models } from '../outside/scripted-provider.js';
import type { Scenario } from '../scenario.js';

/** A loop in a loop, each as long as it may be: a million iterations, were there no limit on a run's steps. */
const endlessLoop: Graph = {
  nodes: [
    { id: 'start', kind: 'start', config: { schema: { type: 'object' } } },
    { id: 'outer', kind: 'loop', config: { while: 'true', maxIterations: 1_000 } },
    { id: 'inner', kind: 'loop', config: { while: 'true', maxIterations: 1_000 } },
    { id: 'turn', kind: 'transform', config: { expression: '1' } },
    { id: 'out', kind: 'output', config: { expression: '1' } },
  ],
  edges: [
    { from: 'start', to: 'outer' },
    { from: 'outer', port: 'body', to: 'inner' },
    { from: 'inner', port: 'body', to: 'turn' },
    { from: 'outer', port: 'done', to: 'out' },
  ],
};

const restlessAgent = chain([
  {
    id: 'helper',
    kind: 'agent',
    config: { model: models.restless, prompt: 'Go on.', tools: [{ name: 'calculator' }], maxTurns: 5 },
  },
]);

export const neverEnding: Scenario = {
  id: 'F-39',
  title: 'ends a loop and an agent that would go on for ever by their limits, and says which',
  grounds: ['cluster'],
  async play(round) {
    const { ground } = round;
    const { agents, executions } = ground.client;
    const wanted: readonly (readonly [string, Graph, string])[] = [
      ['an endless loop', endlessLoop, 'run.limit_steps'],
      ['a restless agent', restlessAgent, 'agent.limit_turns'],
    ];
    for (const [name, graph, code] of wanted) {
      const agentId = await agents.publishNew(graph, name);
      const { id } = await round.startAgent({ agentId }, { mustSucceed: false });
      await round.startMix(['pure', 'calls']);
      const { status, error } = await executions.ended(id);
      round.expect(status === 'failed' && error?.code === code, `${name} ended as ${status}: ${JSON.stringify(error)}`);
    }
  },
};
