import { jest } from '@jest/globals';
import { NodeKindRegistry } from '../node-kind-registry.js';
import type { GraphNode } from '../graph.js';
import { compilePlan } from '../plan.js';
import type { RunOutcome, WaitAnswer } from '../run-host.js';
import { graph, MemoryRunHost, node } from '../testing/index.js';
import { walk } from '../walk.js';
import { approvalKind } from './approval.kind.js';
import { delayKind } from './delay.kind.js';
import { waitForEventKind } from './wait-for-event.kind.js';

const AGENT = '018f0000-0000-7000-8000-000000000001';
const NOW = Date.parse('2030-01-01T00:00:00Z');
const INPUT = { order: 'A-1', name: 'Ada', at: '2030-01-31T09:00:00+01:00' };

afterEach(() => jest.restoreAllMocks());

interface Answered {
  readonly outcome: RunOutcome;
  /** Of the attempt that got the answer. */
  readonly host: MemoryRunHost;
  /** Of the attempt before. */
  readonly first: MemoryRunHost;
}

/** Runs one node until it waits, then with the answer. `out` gives the port and the output of the node. */
async function run(it: GraphNode, answer?: WaitAnswer, key = 'it', input: unknown = INPUT): Promise<Answered> {
  const ports =
    it.kind === 'approval'
      ? ['approved', 'rejected', 'timeout']
      : it.kind === 'wait-for-event'
        ? ['out', 'timeout']
        : ['out'];
  const outs = ports.map((port) => node(`${port}-end`, 'output', { expression: `["${port}", steps.it]` }));
  const document = graph([it, ...outs], 'start > it', ...ports.map((port) => `it.${port} > ${port}-end`));
  const plan = compilePlan(document, new NodeKindRegistry());
  const first = new MemoryRunHost();
  const outcome = await walk(plan, input, first);
  if (answer === undefined) return { outcome, host: first, first };
  expect(outcome).toEqual({ status: 'waiting' });
  await first.commit();
  const host = first.resume({ answers: { [key]: answer } });
  return { outcome: await walk(plan, input, host), host, first };
}

describe('the delay kind', () => {
  it('waits for a time from its first attempt on', async () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(NOW);
    const it = node('it', 'delay', { ms: 90_000 });
    const { first } = await run(it);
    expect(first.waits.get('it')).toEqual({
      kind: 'timer',
      key: '',
      title: 'Waits until 2030-01-01T00:01:30.000Z',
      dueAt: NOW + 90_000,
    });
    clock.mockReturnValue(NOW + 500_000);
    const { outcome } = await run(it, { decision: 'due', data: NOW + 90_000 });
    expect(outcome).toMatchObject({ output: ['out', { until: '2030-01-01T00:01:30.000Z' }] });
  });

  it.each([
    ['input.at', '2030-01-31T08:00:00.000Z'],
    ['"2030-01-01T00:00:01Z"', '2030-01-01T00:00:01.000Z'],
    [String(NOW + 5_000), '2030-01-01T00:00:05.000Z'],
  ])('waits until the moment %s', async (until, moment) => {
    jest.spyOn(Date, 'now').mockReturnValue(NOW);
    const { first, outcome } = await run(node('it', 'delay', { until }), { decision: 'due' });
    expect(first.waits.get('it')).toMatchObject({ dueAt: Date.parse(moment) });
    expect(outcome).toMatchObject({ output: ['out', { until: moment }] });
  });

  it.each(['"2020-01-01T00:00:00Z"', '0'])('goes on at once when %s is past', async (until) => {
    expect(await run(node('it', 'delay', { until }))).toMatchObject({ outcome: { status: 'succeeded' } });
  });

  it.each([
    ['"tomorrow"', 'delay.invalid_moment'],
    ['"2030-02-01"', 'delay.invalid_moment'],
    ['input.missing', 'delay.invalid_moment'],
    ['{}', 'delay.invalid_moment'],
    ['"2999-01-01T00:00:00Z"', 'delay.too_far'],
  ])('refuses the moment %s', async (until, code) => {
    expect(await run(node('it', 'delay', { until }))).toMatchObject({ outcome: { status: 'failed', error: { code } } });
  });

  it('has a duration or a moment, not both', () => {
    expect(delayKind.check?.({})).toMatchObject([{ pointer: '/config/ms', code: 'delay.one_of' }]);
    expect(delayKind.check?.({ ms: 1, until: '1' })).toMatchObject([
      { pointer: '/config/until', code: 'delay.one_of' },
    ]);
  });
});

describe('the wait-for-event kind', () => {
  const it_ = node('it', 'wait-for-event', { event: 'order.paid', correlation: '{{ input.order }}', timeoutMs: 1_000 });

  it('waits for its event and continues with what that brings', async () => {
    const { first, outcome } = await run(it_, { decision: 'received', data: { amount: 5 } });
    expect(first.waits.get('it')).toMatchObject({
      kind: 'event',
      title: 'Waits for order.paid (A-1)',
      event: { name: 'order.paid', correlation: 'A-1' },
      dueAt: expect.any(Number),
    });
    expect(outcome).toMatchObject({ output: ['out', { amount: 5 }] });
  });

  it('continues by its port timeout when the time is over', async () => {
    expect(await run(it_, { decision: 'timeout' })).toMatchObject({ outcome: { output: ['timeout', null] } });
  });

  it('does not wait for just any event when its correlation turns out empty', async () => {
    const { outcome } = await run(node('it', 'wait-for-event', { event: 'a', correlation: '{{ input.missing }}' }));
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'event.invalid_correlation' } });
  });

  it.each(['', 'two words', '1st', 'x'.repeat(101)])('refuses the event name “%s”', (event) => {
    expect(waitForEventKind.configSchema.safeParse({ event }).success).toBe(false);
  });
});

describe('the approval kind', () => {
  const form = { type: 'object', properties: { note: { type: 'string' } } };
  const it_ = node('it', 'approval', { title: 'Refund {{ input.name }}?', payload: '{ "order": input.order }', form });

  it.each(['approved', 'rejected', 'timeout'])('continues by the port %s with who decided what', async (decision) => {
    const by = decision === 'timeout' ? undefined : 'ada@example.com';
    const { first, outcome } = await run(it_, { decision, data: { note: 'n' }, by });
    expect(first.waits.get('it')).toEqual({
      kind: 'approval',
      key: '',
      title: 'Refund Ada?',
      payload: { order: 'A-1' },
      form,
      decisions: ['approved', 'rejected'],
    });
    expect(outcome).toMatchObject({ output: [decision, { decision, data: { note: 'n' }, by: by ?? null }] });
  });

  it('refuses a form that is no JSON Schema, at its place', () => {
    expect(approvalKind.check?.({ title: 'x', form: { type: 'object', properties: { a: { typ: 1 } } } })).toMatchObject(
      [{ pointer: '/config/form/properties/a/typ' }],
    );
  });
});

describe('the sub-agent kind', () => {
  const config = { agentId: AGENT, version: 3, input: '{ "name": input.name }' };

  it('runs another agent and continues with its output', async () => {
    const { first, outcome } = await run(node('it', 'sub-agent', config), { decision: 'succeeded', data: 7 }, 'it run');
    expect(first.waits.get('it run')).toMatchObject({
      kind: 'run',
      run: { agentId: AGENT, version: 3, input: { name: 'Ada' } },
    });
    expect(outcome).toMatchObject({ output: ['out', 7] });
  });

  it('fails with the error of the other run', async () => {
    const error = { code: 'http.status', message: 'It answered with 500.', retryable: false };
    const { outcome } = await run(node('it', 'sub-agent', config), { decision: 'failed', error }, 'it run');
    expect(outcome).toMatchObject({ status: 'failed', error: { ...error, stepId: 'it' } });
    const cancelled = await run(node('it', 'sub-agent', config), { decision: 'cancelled' }, 'it run');
    expect(cancelled.outcome).toMatchObject({ error: { code: 'run.cancelled' } });
  });

  it('runs it anew for the next try, when trying again can help', async () => {
    const error = { code: 'provider.overloaded', message: 'Busy.', retryable: true };
    const it_ = node('it', 'sub-agent', config, { retry: { maxAttempts: 2, backoffMs: 0 } });
    const { host, outcome } = await run(it_, { decision: 'failed', error }, 'it run');
    expect(outcome).toEqual({ status: 'waiting' });
    expect([...host.waits.keys()]).toEqual(['it run~2']);
  });
});
