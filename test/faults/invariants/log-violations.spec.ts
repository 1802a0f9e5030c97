import type { Execution, ExecutionEvent } from '../../support/clients/executions.client.js';
import type { Round } from '../round.js';
import { SeededRandom } from '../seeded-random.js';
import { logViolations } from './log-violations.js';

const run = { id: 'run', agentName: 'delay', status: 'succeeded' } as Execution;
const event = (seq: number, type: string, more: Partial<ExecutionEvent> = {}): ExecutionEvent => ({
  executionId: 'run',
  seq,
  at: '2026-01-01T00:00:00.000Z',
  type,
  data: {},
  ...more,
});
const end = (seq: number): ExecutionEvent => event(seq, 'execution-end', { data: { status: 'succeeded' } });

async function violations(
  log: readonly ExecutionEvent[],
  { streamed = log, paths = ['one'] }: { streamed?: readonly ExecutionEvent[]; paths?: readonly string[] } = {},
): Promise<string[]> {
  const executions = {
    allEvents: () => Promise.resolve(log),
    steps: () => Promise.resolve(paths.map((path) => ({ path }))),
    follow: async function* (_id: string, after: number) {
      yield* streamed.filter(({ seq }) => seq > after);
    },
  };
  const ground = { apis: [{}], client: { executions }, clientOf: () => ({ executions }) };
  const round = { ground, random: new SeededRandom(1) } as unknown as Round;
  return (await logViolations(round, run)).violations;
}

describe('The checker of event logs', () => {
  it('is content with 1 to n and one end', async () => {
    expect(await violations([event(1, 'execution-start'), event(2, 'step-end', { stepId: 'one' }), end(3)])).toEqual(
      [],
    );
  });

  it.each([
    ['a gap', [event(1, 'execution-start'), end(3)], 'I-05: the log is numbered 1 3'],
    ['a double', [event(1, 'execution-start'), event(1, 'execution-start'), end(2)], 'numbered 1 1 2'],
    ['two ends', [event(1, 'execution-start'), end(2), end(3)], '2 ends'],
    ['no end', [event(1, 'execution-start'), event(2, 'log')], '0 ends'],
    ['an end of another kind', [event(1, 'execution-end', { data: { status: 'failed' } })], 'ends as failed'],
    [
      'a step that ended twice',
      [event(1, 'step-end', { stepId: 'one' }), event(2, 'step-end', { stepId: 'one' }), end(3)],
      'step one ended twice',
    ],
  ])('finds %s', async (_what, log, said) => {
    expect((await violations(log)).join('\n')).toContain(said);
  });

  it('finds a step with two results, and a returning client that misses an event', async () => {
    const log = [event(1, 'execution-start'), end(2)];
    expect(await violations(log, { paths: ['one', 'one'] })).toEqual([expect.stringContaining('two results')]);
    expect((await violations(log, { streamed: [] })).join('\n')).toContain('I-05: after');
  });
});
