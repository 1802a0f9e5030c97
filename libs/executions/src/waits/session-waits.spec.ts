import { SessionUnderTest } from '../testing/run-session.factory.js';
import { TEST_ACCEPTED, testStep } from '../testing/step.factory.js';
import type { KnownWait } from './known-wait.js';

const approval = { kind: 'approval', key: '', title: 'Sure?', payload: { amount: 1 } } as const;

const known = (values: Partial<KnownWait> = {}): KnownWait => ({
  id: '01900000-0000-7000-8000-000000000077',
  path: 'ask',
  key: '',
  kind: 'approval',
  dueAt: null,
  runId: null,
  state: 'open',
  answer: null,
  ...values,
});

describe('A session whose run waits', () => {
  it('opens a wait with the commit that announces it, and only once however often the step asks', async () => {
    const test = new SessionUnderTest();
    void test.session.wait('ask', approval);
    void test.session.wait('ask', approval);
    await test.session.commit();
    expect(test.entries).toHaveLength(1);
    const [row, ...others] = test.entries[0]?.waits?.opened ?? [];
    expect(others).toEqual([]);
    expect(JSON.parse(row ?? '')).toMatchObject({
      path: 'ask',
      kind: 'approval',
      state: 'open',
      payload: { amount: 1 },
      payload_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      decisions: ['approved', 'rejected'],
    });
    expect(test.events).toMatchObject([
      { type: 'wait-start', stepId: 'ask', data: { kind: 'approval', title: 'Sure?' } },
    ]);
    test.session.dispose();
  });

  it('gives the free run back in one write, with what it opened and what it knew of answers', async () => {
    const test = new SessionUnderTest({ accept: TEST_ACCEPTED, seenWakes: 3 });
    test.written = 'requeued';
    test.session.announce('execution-start', {});
    void test.session.wait('ask', approval);
    expect(await test.session.suspend()).toBe('requeued');
    expect(test.entries).toHaveLength(1);
    expect(test.entries[0]).toMatchObject({ suspend: { seenWakes: 3, lastSeq: 2 }, accept: TEST_ACCEPTED });
    expect(test.published.every(({ final }) => !final)).toBe(true);
    test.session.dispose();
  });

  it('answers at once what was answered before, announces that once and closes the wait with the same commit', async () => {
    const answer = { decision: 'approved', by: 'Ada' };
    const test = new SessionUnderTest({ attempt: 2, waits: [known({ state: 'answered', answer })] });
    expect(test.session.wait('ask', approval)).toEqual(answer);
    expect(test.session.wait('ask', approval)).toEqual(answer);
    await test.session.commit();
    expect(test.entries[0]?.waits).toEqual({ opened: [], closed: [known().id], voided: [], voidOpen: false });
    expect(test.events).toMatchObject([
      { type: 'wait-end', data: { waitId: known().id, kind: 'approval', decision: 'approved', by: 'Ada' } },
    ]);

    const next = new SessionUnderTest({ attempt: 3, waits: [known({ state: 'closed', answer })] });
    expect(next.session.wait('ask', approval)).toEqual(answer);
    await next.session.commit();
    expect(next.entries).toEqual([]);
    test.session.dispose();
    next.session.dispose();
  });

  it('hands an answer on that comes while it runs, and remembers one that its step has not asked for yet', async () => {
    const test = new SessionUnderTest({ attempt: 2, waits: [known(), known({ id: 'later', path: 'later' })] });
    const asked = test.session.wait('ask', approval);
    test.session.wake(2, [
      { waitId: known().id, answer: { decision: 'rejected' } },
      { waitId: 'later', answer: { decision: 'approved' } },
      { waitId: 'unknown', answer: { decision: 'approved' } },
    ]);
    expect(await asked).toEqual({ decision: 'rejected' });
    expect(test.session.wait('later', approval)).toEqual({ decision: 'approved' });
    test.session.wake(2, [{ waitId: known().id, answer: { decision: 'approved' } }]);
    await test.session.commit();
    expect(test.entries[0]?.waits?.closed).toEqual([known().id, 'later']);
    expect(test.session.seenWakes).toBe(2);
    test.session.dispose();
  });

  it('leaves an answer that comes after its walk has ended to the next attempt', async () => {
    const test = new SessionUnderTest({ attempt: 2, waits: [known()] });
    test.hold();
    void test.session.wait('ask', approval);
    test.session.announce('execution-resume', {});
    const suspended = test.session.suspend();
    test.session.wake(1, [{ waitId: known().id, answer: { decision: 'approved' } }]);
    test.release();
    await suspended;
    expect(test.entries.at(-1)).toMatchObject({ suspend: { seenWakes: 0 } });
    expect(test.events.map(({ type }) => type)).toEqual(['execution-resume']);
    test.session.dispose();
  });

  it('asks nobody any more when the run ends: waits of earlier attempts are void, new ones never open', async () => {
    const test = new SessionUnderTest({ attempt: 2, waits: [known({ path: 'earlier' })] });
    void test.session.wait('ask', approval);
    await test.session.finish('failed', {});
    expect(test.entries).toHaveLength(1);
    expect(test.entries[0]?.waits).toMatchObject({ voidOpen: true, closed: [] });
    expect(JSON.parse(test.entries[0]?.waits?.opened[0] ?? '')).toMatchObject({ state: 'void' });
    test.session.dispose();
  });

  it('does not wait for a moment that has passed', () => {
    const test = new SessionUnderTest();
    const timer = { kind: 'timer', key: '', title: 'Nap', dueAt: Date.now() - 1 } as const;
    expect(test.session.wait('nap', timer)).toEqual({ decision: 'due' });
    expect(test.session.waits.dirty).toBe(false);
    test.session.dispose();
  });

  it('refuses a payload that nobody could be shown', () => {
    const test = new SessionUnderTest();
    expect(() => test.session.wait('ask', { ...approval, payload: 'x'.repeat(300_000) })).toThrow(/can be shown/);
    test.session.dispose();
  });
});

describe('The effect ledger of a session', () => {
  const effect = { path: 'pay', call: 'c', round: 1, requestHash: 'h' } as const;

  it('knows what earlier attempts did, and what was just written before it is committed', async () => {
    const test = new SessionUnderTest({ effects: [{ ...effect, state: 'completed', response: { ok: true } }] });
    expect(test.session.effect('pay', 'c')).toMatchObject({ state: 'completed', response: { ok: true } });
    expect(test.session.effect('pay', 'other')).toBeUndefined();
    test.session.recordEffect({ ...effect, call: 'other', state: 'intended' });
    expect(test.session.effect('pay', 'other')).toMatchObject({ state: 'intended' });
    await test.session.commit();
    expect(test.entries[0]?.effects?.map((row) => JSON.parse(row) as unknown)).toMatchObject([
      { path: 'pay', call: 'other', state: 'intended', request_hash: 'h', response: null },
    ]);
    test.session.dispose();
  });

  it('writes the last of several entries for one call', async () => {
    const test = new SessionUnderTest();
    test.session.recordEffect({ ...effect, state: 'intended' });
    test.session.recordEffect({ ...effect, state: 'completed', response: 1 });
    await test.session.commit();
    await test.session.commit();
    expect(test.entries).toHaveLength(1);
    expect(test.entries[0]?.effects).toHaveLength(1);
    expect(test.entries[0]?.effects?.[0]).toContain('completed');
    test.session.dispose();
  });

  it('lets nobody answer what a step still waited for when it, or the step above it, ended without an answer', async () => {
    const [above, beside] = [
      known({ path: 'map/3' }),
      known({ id: '01900000-0000-7000-8000-000000000078', path: 'mapped' }),
    ];
    const test = new SessionUnderTest({ attempt: 2, waits: [above, beside] });
    void test.session.wait('map/4', approval);
    test.session.record(testStep('map'));
    await test.session.commit();
    const { opened = [], voided } = test.entries[0]?.waits ?? {};
    expect(voided).toContain(above.id);
    expect(voided).not.toContain(beside.id);
    expect(JSON.parse(opened[0] ?? '')).toMatchObject({ path: 'map/4', state: 'void' });
    test.session.dispose();
  });
});
