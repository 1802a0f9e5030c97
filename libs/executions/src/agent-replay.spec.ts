import { runAgentLoop } from '#agent-loop';
import { compilePlan, NodeKindRegistry, type RunOutcome, walk } from '#kernel';
import {
  type FakeTool,
  FakeStepServices,
  graph,
  MemoryRunHost,
  type MemoryRunHostOptions,
  node,
} from '../../kernel/src/testing/index.js';

/** The outside world with LangChain's loop in it, where the kernel's own tests have a plain one. */
class Outside extends FakeStepServices {
  asked = 0;
  ran: string[] = [];

  constructor() {
    const tool = (name: string): FakeTool => ({
      name,
      run: () => {
        this.ran.push(name);
        return `${name} done`;
      },
    });
    super({
      generate: ({ turns = [] }) => {
        this.asked++;
        const turn = turns.filter(({ role }) => role === 'assistant').length;
        const calls = [['read', 'ask', 'read'], ['write']][turn] ?? [];
        return { text: `turn ${turn}`, toolCalls: calls.map((name) => ({ id: 'same-for-all', name, arguments: {} })) };
      },
      tools: [tool('read'), tool('ask'), { ...tool('write'), effectOf: () => 'write', isRepeatable: () => false }],
    });
  }

  override agentLoop = runAgentLoop;
}

const plan = compilePlan(
  graph(
    [
      node('a', 'agent', {
        model: 'fake/scripted',
        prompt: 'Go',
        tools: [{ name: 'read' }, { name: 'ask', approval: true }, { name: 'write' }],
      }),
      node('out', 'output', { expression: 'steps.a' }),
    ],
    'start > a > out',
  ),
  new NodeKindRegistry(),
);

const APPROVED = { 'a/0/tool/1 approval': { decision: 'approved' } };

async function attempt(
  host: (options: MemoryRunHostOptions) => MemoryRunHost,
  options: MemoryRunHostOptions = {},
): Promise<{ outcome: RunOutcome; outside: Outside; host: MemoryRunHost }> {
  const outside = new Outside();
  const memory = host({ services: outside, ...options });
  const outcome = await walk(plan, {}, memory);
  await memory.commit().catch(() => undefined);
  return { outcome, outside, host: memory };
}

const first = (options: MemoryRunHostOptions): MemoryRunHost => new MemoryRunHost(options);

describe('an agent in a run that is taken up again', () => {
  it('sleeps while a person is asked, with what is finished kept, and goes on from there', async () => {
    const asleep = await attempt(first);
    expect(asleep.outcome).toEqual({ status: 'waiting' });
    expect([asleep.outside.asked, asleep.outside.ran]).toEqual([1, ['read', 'read']]);
    const awake = await attempt((options) => asleep.host.resume(options), { answers: APPROVED });
    expect(awake.outcome).toMatchObject({ status: 'succeeded', output: { text: 'turn 2', turns: 3 } });
    expect([awake.outside.asked, awake.outside.ran]).toEqual([2, ['ask', 'write']]);
  });

  it('goes on in the same attempt when the answer comes while it still runs', async () => {
    const outside = new Outside();
    const host = new MemoryRunHost({ services: outside });
    host.wait = () => new Promise((resolve) => setImmediate(() => resolve({ decision: 'rejected', by: 'Ada' })));
    expect(await walk(plan, {}, host)).toMatchObject({
      status: 'succeeded',
      output: { toolCalls: [{}, { name: 'ask', error: { code: 'tool.not_approved' } }, {}, { name: 'write' }] },
    });
  });

  it('repeats nothing that was committed, wherever the process was lost, and comes to the same end', async () => {
    const whole = await attempt(first, { answers: APPROVED });
    expect(whole.outcome).toMatchObject({ status: 'succeeded' });
    for (let crashAtCommit = 1; crashAtCommit <= whole.host.commitCount; crashAtCommit++) {
      const lost = await attempt(first, { answers: APPROVED, crashAtCommit });
      const next = lost.host.resume({});
      const found = await attempt((options) => lost.host.resume(options), { answers: APPROVED });
      if (found.outcome.status === 'waiting') {
        // The write was begun and nobody knows: that is for a person to say, and only then.
        expect(next.effect('a/1/tool/0', 'tool')?.state).toBe('intended');
        expect(found.outside.ran).toEqual([]);
        continue;
      }
      expect(found.outcome).toEqual(whole.outcome);
      const finished = ['0/model', '0/tool/0', '0/tool/1', '0/tool/2', '1/model', '1/tool/0', '2/model'].filter(
        (path) => next.recorded(`a/${path}`) !== undefined,
      );
      // A write whose answer is in the ledger counts as made, whether or not its step had ended.
      const isWritten = next.effect('a/1/tool/0', 'tool')?.state === 'completed' && !finished.includes('1/tool/0');
      expect(found.outside.asked + found.outside.ran.length).toBe(7 - finished.length - Number(isWritten));
    }
  });
});
