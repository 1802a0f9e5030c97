import type { Execution } from '../../support/clients/executions.client.js';
import type { ReceivedCall } from '../outside/recording-world.js';
import type { Round } from '../round.js';
import { actViolations } from './act-violations.js';

const run = { id: 'run', name: 'r1-delay-1', agent: 'delay', mustSucceed: true } as const;
const path = '/honours/r1-delay-1/book';
const call = (idempotencyKey: string, acted: boolean): ReceivedCall => ({ path, idempotencyKey, acted, port: 1 });

function violations(calls: readonly ReceivedCall[], status: Execution['status'] = 'succeeded'): string[] {
  const world = {
    actsOf: (asked: string) => calls.filter((each) => each.path === asked && each.acted).length,
    callsTo: (asked: string) => calls.filter((each) => each.path === asked),
  };
  const round = { ground: { world }, runs: [run] } as unknown as Round;
  return actViolations(round, [{ id: 'run', status } as Execution]);
}

describe('The checker of what the outside world did', () => {
  it('is content with one act, and with a repeat under the same key that did not act', () => {
    expect(violations([call('key', true), call('key', false)])).toEqual([]);
  });

  it('finds an act that happened twice, one under a second key, and one that never happened', () => {
    expect(violations([call('key', true), call('key', true)])).toEqual([expect.stringContaining('acted 2 times')]);
    expect(violations([call('one', true), call('two', false)])).toEqual([expect.stringContaining('2 keys')]);
    expect(violations([])).toEqual([expect.stringContaining('never acted')]);
  });

  it('does not ask a run that failed for its acts', () => {
    expect(violations([], 'failed')).toEqual([]);
  });
});
