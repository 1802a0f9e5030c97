import type { RunOutcome } from '../../run-host.js';
import { StepError } from '../../step-error.js';
import { FakeStepServices, MemoryRunHost } from '../../testing/index.js';
import { add, agentPlan, call, now, Outside, type Turn, walkAgent } from '../../testing/scripted-agent.js';
import { walk } from '../../walk.js';

describe('the agent kind', () => {
  it('sleeps when the provider of its model asks for time, and goes on at that call', async () => {
    const busy = new StepError({
      code: 'provider.rate_limited',
      message: 'Later.',
      retryable: true,
      retryAfterMs: 600_000,
    });
    const answers = [{ text: '', toolCalls: [{ id: 'x', ...call('now') }] }, busy, { text: 'It is 2026.' }];
    const services = new FakeStepServices({
      generate: () => {
        const answer = answers.shift();
        if (answer instanceof StepError) throw answer;
        return answer ?? {};
      },
      tools: [add, now],
    });
    const policy = agentPlan({}, { retry: { maxAttempts: 2, backoffMs: 0 } });
    const first = new MemoryRunHost({ services });
    expect(await walk(policy, { task: 'it' }, first)).toEqual({ status: 'waiting' });
    expect((first.waits.get('agent next-try-1')?.dueAt ?? 0) - Date.now()).toBeGreaterThan(590_000);
    const second = first.resume({ answers: { 'agent next-try-1': { decision: 'due' } } });
    expect(await walk(policy, { task: 'it' }, second)).toMatchObject({ output: { text: 'It is 2026.' } });
    expect([services.generateCalls.length, services.toolCalls.length]).toEqual([3, 1]);
  });

  describe('after a crash', () => {
    const turns: Turn[] = [[call('add', { a: 1, b: 2 }), call('now')], [call('add', { a: 3, b: 3 })], 'It is 6'];
    const whole = async (): Promise<{ commits: number; outcome: RunOutcome; asked: number }> => {
      const { outcome, host, outside } = await walkAgent(turns);
      return { commits: host.commitCount, outcome, asked: outside.asked.length };
    };

    it('repeats no call of model or tool whose record was committed, wherever it crashed', async () => {
      const { commits, outcome } = await whole();
      for (let crashAtCommit = 1; crashAtCommit <= commits; crashAtCommit++) {
        const before = new Outside(turns, [add, now]);
        const host = new MemoryRunHost({ services: before, crashAtCommit });
        await walk(agentPlan(), { task: 'it' }, host);
        const after = new Outside(turns, [add, now]);
        const next = host.resume({ services: after });
        const finished = ['0/model', '0/tool/0', '0/tool/1', '1/model', '1/tool/0', '2/model'].filter(
          (path) => next.recorded(`agent/${path}`) !== undefined,
        );
        expect(await walk(agentPlan(), { task: 'it' }, next)).toEqual(outcome);
        expect(after.asked.length + after.ran.length).toBe(next.recorded('agent') ? 0 : 6 - finished.length);
      }
    });
  });

  describe('with a tool that a person must allow', () => {
    const config = { tools: [{ name: 'add', approval: true }, { name: 'now' }] };
    const turns: Turn[] = [[call('add', { a: 1, b: 2 }), call('now')], 'ok'];

    it('gives the worker free, and goes on where it was once the person has said yes', async () => {
      const first = await walkAgent(turns, config);
      expect(first.outcome).toEqual({ status: 'waiting' });
      expect(first.outside.ran).toEqual(['now {}']);
      expect([...first.host.waits.entries()]).toMatchObject([
        [
          'agent/0/tool/0 approval',
          {
            kind: 'approval',
            payload: { tool: 'add', arguments: { a: 1, b: 2 } },
            decisions: ['approved', 'rejected'],
          },
        ],
      ]);
      // As every host does when a walk has ended.
      await first.host.commit();
      const outside = new Outside(turns, [add, now]);
      const second = first.host.resume({
        services: outside,
        answers: { 'agent/0/tool/0 approval': { decision: 'approved', by: 'Ada' } },
      });
      expect(await walk(agentPlan(config), { task: 'it' }, second)).toMatchObject({ status: 'succeeded' });
      expect(outside.ran).toEqual(['add {"a":1,"b":2}']);
      expect(outside.asked).toHaveLength(1);
    });

    it('tells the model that the person has said no', async () => {
      const outside = new Outside(turns, [add, now]);
      const host = new MemoryRunHost({
        services: outside,
        answers: { 'agent/0/tool/0 approval': { decision: 'rejected', by: 'Ada' } },
      });
      expect(await walk(agentPlan(config), { task: 'it' }, host)).toMatchObject({
        output: {
          toolCalls: [{ error: { code: 'tool.not_approved', message: expect.stringContaining('Ada') as string } }, {}],
        },
      });
      expect(outside.ran).toEqual(['now {}']);
    });
  });

  it('asks again for what failed when its node is tried again, and for nothing else', async () => {
    let failures = 1;
    const outside = new Outside([[call('now')], 'ok'], [add, now]);
    const generate = outside.generate.bind(outside);
    outside.generate = async (request, context) => {
      if (request.turns?.length && failures-- > 0) {
        throw new StepError({ code: 'provider.overloaded', message: 'Busy.', retryable: true });
      }
      return generate(request, context);
    };
    const host = new MemoryRunHost({ services: outside });
    const outcome = await walk(agentPlan({}, { retry: { maxAttempts: 2, backoffMs: 0 } }), {}, host);
    expect(outcome).toMatchObject({ status: 'succeeded', output: { text: 'ok', turns: 2 } });
    expect(outside.asked).toHaveLength(2);
    expect(outside.ran).toEqual(['now {}']);
  });
});
