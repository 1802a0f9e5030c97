import { chain } from '../../support/graphs/chain.js';
import type { Graph } from '../../support/clients/agents.client.js';
import type { Scenario } from '../scenario.js';

const LIST_BYTES_AT_MOST = 500_000;

export const largeOutputs: Scenario = {
  id: 'F-35',
  title: 'ends a run with ten megabytes of output, stored or refused by name, and keeps lists small',
  grounds: ['cluster'],
  async play(round) {
    const { ground } = round;
    const name = round.newName('big');
    const graphs: Readonly<Record<string, Graph>> = {
      page: chain(
        [{ id: 'big', kind: 'http', config: { method: 'GET', url: `${ground.world.url}/big/${name}` } }],
        'steps.big',
      ),
      code: chain(
        [{ id: 'big', kind: 'code', config: { source: "function main() { return 'x'.repeat(10 * 1024 * 1024); }" } }],
        'steps.big',
      ),
      stored: chain(
        [{ id: 'big', kind: 'code', config: { source: "function main() { return 'x'.repeat(900 * 1024); }" } }],
        'steps.big',
      ),
    };
    for (const [what, graph] of Object.entries(graphs)) {
      const agentId = await ground.client.agents.publishNew(graph, `large ${what}`);
      const { id } = await round.startAgent({ agentId }, { mustSucceed: false });
      const { status, error } = await ground.client.executions.ended(id);
      round.expect(
        status === 'succeeded' || (status === 'failed' && error !== null && /^[a-z]+\.[a-z_]+$/.test(error.code)),
        `${what} ended as ${status}: ${JSON.stringify(error)}`,
      );
      round.note(`${what}: ${error?.code ?? status}`);
    }
    await round.startMix();
    const { text } = await ground.client.http.send('GET', '/executions?limit=100');
    round.expect(text.length < LIST_BYTES_AT_MOST, `A list of a hundred runs is ${text.length} characters long.`);
  },
};
