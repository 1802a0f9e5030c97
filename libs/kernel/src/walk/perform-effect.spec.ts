import type { CompiledNode } from '../node-kind.js';
import { compilePlan } from '../plan.js';
import type { RunOutcome } from '../run-host.js';
import { StepError } from '../step-error.js';
import { ANY, tick, withKinds } from '../testing/custom-kinds.js';
import { graph, MemoryRunHost, node } from '../testing/index.js';
import { walk } from '../walk.js';

/** The outside world: counts how often it was asked to act, and under which keys. */
class Outside {
  readonly keys: string[] = [];
  constructor(private readonly answer: (time: number) => unknown = (time) => `done ${time}`) {}

  async act(key: string): Promise<unknown> {
    return this.answer(this.keys.push(key));
  }
}

function run(outside: Outside, repeatable: boolean, host: MemoryRunHost, rest: object = {}): Promise<RunOutcome> {
  const pay: CompiledNode = async (context) => {
    const effect = { call: 'pay', repeatable, title: 'Pay 5 €', request: { amount: 5 } };
    return { output: await context.effect(effect, () => outside.act(context.idempotencyKey)) };
  };
  const nodes = [node('pay', 'pay', ANY, rest), node('out', 'output', { expression: 'steps.pay' })];
  return walk(compilePlan(graph(nodes, 'start > pay > out'), withKinds({ pay })), {}, host);
}

const broken = (outcomeUnknown: boolean) => (time: number) => {
  if (time > 1) return `done ${time}`;
  throw new StepError({ code: 'pay.broken', message: 'It broke.', retryable: true, outcomeUnknown });
};

/** The commit that would hold the outcome: the first was for the start of the step, the second for the intent. */
const AFTER_THE_ACT = 3;

describe('an effect', () => {
  it('has its intent committed before it acts and its answer kept afterwards', async () => {
    const seen: unknown[] = [];
    const host: MemoryRunHost = new MemoryRunHost();
    const outside = new Outside(() => seen.push(host.resume().effect('pay', 'pay')?.state));
    await run(outside, false, host);
    expect(seen).toEqual(['intended']);
    expect(host.effect('pay', 'pay')).toMatchObject({ state: 'completed', round: 1, response: 1 });
  });

  it('is repeated under the same key after a crash when the other side bears that', async () => {
    const outside = new Outside();
    const first = new MemoryRunHost({ crashAtCommit: AFTER_THE_ACT });
    await run(outside, true, first);
    expect(await run(outside, true, first.resume())).toEqual({ status: 'succeeded', output: 'done 2' });
    expect(outside.keys).toEqual(['execution-1:pay', 'execution-1:pay']);
  });

  it.each([
    ['happened', { decision: 'happened', data: { receipt: 9 } }, { receipt: 9 }, 1],
    ['happened and nothing is known of the answer', { decision: 'happened' }, null, 1],
    ['did not happen', { decision: 'not_happened' }, 'done 2', 2],
  ])('is not repeated by itself after a crash: a person says that it %s', async (_title, answer, output, times) => {
    const outside = new Outside();
    const first = new MemoryRunHost({ crashAtCommit: AFTER_THE_ACT });
    await run(outside, false, first);
    const second = first.resume();
    expect(await run(outside, false, second)).toEqual({ status: 'waiting' });
    expect(second.waits.get('pay pay#1')).toMatchObject({
      kind: 'effect',
      title: 'Did this happen? Pay 5 €',
      payload: { amount: 5 },
      decisions: ['happened', 'not_happened'],
    });
    expect(outside.keys).toHaveLength(1);
    const third = second.resume({ answers: { 'pay pay#1': answer } });
    expect(await run(outside, false, third)).toEqual({ status: 'succeeded', output });
    expect(outside.keys).toHaveLength(times);
  });

  it('asks again, about the new round, when that is lost too', async () => {
    const outside = new Outside();
    const answers = { 'pay pay#1': { decision: 'not_happened' } };
    const first = new MemoryRunHost({ crashAtCommit: AFTER_THE_ACT });
    await run(outside, false, first);
    const second = first.resume({ answers, crashAtCommit: AFTER_THE_ACT });
    await run(outside, false, second);
    const third = second.resume({ answers });
    expect(await run(outside, false, third)).toEqual({ status: 'waiting' });
    expect([...third.waits.keys()]).toEqual(['pay pay#2']);
    expect(outside.keys).toHaveLength(2);
  });

  it('is answered from the ledger once it is completed', async () => {
    const outside = new Outside();
    const entry = {
      path: 'pay',
      call: 'pay',
      round: 1,
      requestHash: '',
      response: 'kept',
      state: 'completed',
    } as const;
    expect(await run(outside, false, new MemoryRunHost({ ledger: [entry] }))).toEqual({
      status: 'succeeded',
      output: 'kept',
    });
    expect(outside.keys).toEqual([]);
  });

  it('begins a new round after it has certainly failed', async () => {
    const outside = new Outside(broken(false));
    const host = new MemoryRunHost();
    const retry = { retry: { maxAttempts: 2, backoffMs: 0 } };
    expect(await run(outside, false, host, retry)).toEqual({ status: 'succeeded', output: 'done 2' });
    expect(host.effect('pay', 'pay')).toMatchObject({ state: 'completed', round: 2 });
    expect(host.waits.size).toBe(0);
  });

  it('asks at once when no answer came, and goes on in the same attempt if the person is quick', async () => {
    const outside = new Outside(broken(true));
    const host = new MemoryRunHost({ answers: { 'pay pay#1': { decision: 'not_happened' } } });
    expect(await run(outside, false, host)).toEqual({ status: 'succeeded', output: 'done 2' });
  });

  it('is left to the retries of the node when no answer came and it may be repeated', async () => {
    const outside = new Outside(broken(true));
    expect(await run(outside, true, new MemoryRunHost())).toMatchObject({ error: { code: 'pay.broken' } });
    const again = new Outside(broken(true));
    const retry = { retry: { maxAttempts: 2, backoffMs: 0 } };
    expect(await run(again, true, new MemoryRunHost(), retry)).toEqual({ status: 'succeeded', output: 'done 2' });
  });

  it('of which the time limit has cut off the answer is not repeated by itself', async () => {
    const outside = new Outside(() => new Promise(() => undefined));
    const host = new MemoryRunHost();
    const rest = { timeoutMs: 10, retry: { maxAttempts: 3, backoffMs: 0 } };
    expect(await run(outside, false, host, rest)).toEqual({ status: 'waiting' });
    expect(outside.keys).toHaveLength(1);
  });

  it('does not act for an attempt that is over, nor for a run that is lost', async () => {
    const outside = new Outside();
    const late = new MemoryRunHost({ commitMs: 30 });
    expect(await run(outside, true, late, { timeoutMs: 10 })).toMatchObject({ error: { code: 'step.timeout' } });
    await tick(40);
    const lost = new MemoryRunHost({ crashAtCommit: 2 });
    expect(await run(outside, false, lost)).toMatchObject({ status: 'failed', error: { code: 'run.lost' } });
    expect(lost.defects).toEqual([]);
    expect(outside.keys).toEqual([]);
  });

  it('of a step below another keeps its key and its entry when the step above is tried again', async () => {
    const outside = new Outside(broken(true));
    const pay: CompiledNode = async (context) => {
      const effect = { call: 'pay', repeatable: true, title: 'Pay', request: {} };
      return { output: await context.effect(effect, () => outside.act(context.idempotencyKey)) };
    };
    const above: CompiledNode = async (context) => {
      const { error, output } = await context.step({ path: '0', kind: 'pay', effect: 'effectful', run: pay });
      if (error !== undefined) throw new StepError(error);
      return { output };
    };
    const rest = { retry: { maxAttempts: 2, backoffMs: 0 } };
    const nodes = [node('above', 'above', ANY, rest), node('out', 'output', { expression: 'steps.above' })];
    const host = new MemoryRunHost();
    const plan = compilePlan(graph(nodes, 'start > above > out'), withKinds({ above }));
    expect(await walk(plan, {}, host)).toEqual({ status: 'succeeded', output: 'done 2' });
    expect(host.steps.map(({ path }) => path)).toContain('above/0~2');
    expect(outside.keys).toEqual(['execution-1:above/0', 'execution-1:above/0']);
    expect(host.effect('above/0', 'pay')).toMatchObject({ state: 'completed', round: 2 });
  });

  it('that no answer comes to within the time limit is for a person to say, and has the whole time again when it did not happen', async () => {
    const outside = new Outside((time) => (time === 1 ? new Promise(() => undefined) : `done ${time}`));
    const host = new MemoryRunHost();
    const ended = run(outside, false, host, { timeoutMs: 30 });
    expect(await ended).toEqual({ status: 'waiting' });
    expect(host.effect('pay', 'pay')).toMatchObject({ state: 'unknown', round: 1 });
    const answers = { 'pay pay#1': { decision: 'not_happened' } };
    expect(await run(outside, false, host.resume({ answers }), { timeoutMs: 30 })).toEqual({
      status: 'succeeded',
      output: 'done 2',
    });
  });

  it('that the other side bears twice fails by the time limit as any step does', async () => {
    const outside = new Outside(() => new Promise(() => undefined));
    const outcome = await run(outside, true, new MemoryRunHost(), { timeoutMs: 20 });
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'step.timeout' } });
  });
});
