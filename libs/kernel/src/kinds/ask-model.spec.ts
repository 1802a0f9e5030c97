import { NodeKindRegistry } from '../node-kind-registry.js';
import { compilePlan } from '../plan.js';
import { StepError } from '../step-error.js';
import { FakeStepServices, type FakeAnswers, graph, MemoryRunHost, node } from '../testing/index.js';
import { walk } from '../walk.js';

const HOLD = { title: 'The daily budget has no room.', payload: { budget: 'org_day' }, dueAt: Date.now() + 60_000 };

const exhausted = (hold?: typeof HOLD): StepError =>
  new StepError({ code: 'budget.exhausted', message: HOLD.title, retryable: false, ...(hold && { hold }) });

const plan = compilePlan(
  graph(
    [node('ask', 'llm', { model: 'a/b', prompt: 'Hi' }), node('out', 'output', { expression: 'steps.ask.text' })],
    'start > ask > out',
  ),
  new NodeKindRegistry(),
);

const hostWith = (generate: FakeAnswers['generate']): MemoryRunHost =>
  new MemoryRunHost({ services: new FakeStepServices({ generate }) });

describe('A model call that no budget has room for', () => {
  it('makes its step wait for money until the budget begins anew', async () => {
    const host = hostWith(() => Promise.reject(exhausted(HOLD)));
    expect(await walk(plan, {}, host)).toEqual({ status: 'waiting' });
    expect(host.waits.get('ask budget-1')).toEqual({ kind: 'budget', key: 'budget-1', ...HOLD });
  });

  it('is asked for again once there is money, and waits anew when that was not enough', async () => {
    let isPoor = true;
    const host = hostWith(() => (isPoor ? Promise.reject(exhausted(HOLD)) : { text: 'Hello' }));
    await walk(plan, {}, host);
    await host.commit();
    const second = host.resume({ answers: { 'ask budget-1': { decision: 'funded' } } });
    expect(await walk(plan, {}, second)).toEqual({ status: 'waiting' });
    expect([...second.waits.keys()]).toEqual(['ask budget-2']);
    isPoor = false;
    const third = second.resume({
      answers: { 'ask budget-1': { decision: 'funded' }, 'ask budget-2': { decision: 'timeout' } },
    });
    expect(await walk(plan, {}, third)).toEqual({ status: 'succeeded', output: 'Hello' });
  });

  it('fails the step of a run that does not wait for money', async () => {
    const outcome = await walk(
      plan,
      {},
      hostWith(() => Promise.reject(exhausted())),
    );
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'budget.exhausted', stepId: 'ask' } });
  });
});
