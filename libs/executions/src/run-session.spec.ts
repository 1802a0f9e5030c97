import { setTimeout as sleep } from 'node:timers/promises';
import { IdempotencyTakenError, RunLostError } from './executions.errors.js';
import { stepRow } from './journal/journal-rows.js';
import { PayloadOutbox } from './payloads/payload-outbox.js';
import { SessionUnderTest } from './testing/run-session.factory.js';
import { TEST_ACCEPTED, testStep } from './testing/step.factory.js';

describe('A run session', () => {
  it('numbers events from 1 without a gap, whatever order commits take', async () => {
    const test = new SessionUnderTest();
    test.session.announce('execution-start', {});
    await test.session.commit();
    test.session.emit('step-start', 'a', { kind: 'http', try: 1 });
    test.session.delta('a', 'Hel');
    test.session.delta('a', 'lo');
    test.session.emit('step-end', 'a', { status: 'succeeded', port: 'out', tries: 1 });
    await test.session.finish('succeeded', { output: 1 });

    expect(test.events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(test.events.at(-1)?.type).toBe('execution-end');
    test.session.dispose();
  });

  it('goes on after the last number of the attempt before it', async () => {
    const test = new SessionUnderTest({ lastSeq: 41, attempt: 2 });
    test.session.announce('execution-resume', { attempt: 2 });
    await test.session.commit();
    expect(test.events[0]).toMatchObject({ seq: 42, type: 'execution-resume' });
    expect(test.entries[0]?.events).toMatchObject({ firstSeq: 42, lastSeq: 42 });
    test.session.dispose();
  });

  it('sends the first text at once and gathers what follows into frames, in order and complete', async () => {
    const test = new SessionUnderTest();
    const words = 'one two three four five six seven eight nine ten'.split(' ');
    for (const word of words) {
      test.session.delta('a', `${word} `);
      await sleep(4);
    }
    test.session.emit('step-end', 'a', { status: 'succeeded', port: 'out', tries: 1 });
    await test.session.commit();
    test.session.dispose();

    const frames = test.events.filter(({ type }) => type === 'text-delta');
    expect(frames.map(({ data }) => data['text']).join('')).toBe(`${words.join(' ')} `);
    expect(frames[0]?.data).toEqual({ text: 'one ' });
    expect(frames.length).toBeLessThan(words.length);
    expect(test.events.at(-1)?.type).toBe('step-end');
  });

  it('keeps frames of different steps apart', async () => {
    const test = new SessionUnderTest();
    for (const part of ['1', '2', '3']) {
      test.session.delta('a', `a${part}`);
      test.session.delta('b', `b${part}`);
    }
    await test.session.finish('succeeded', {});
    test.session.dispose();
    const textOf = (id: string): string =>
      test.events
        .filter(({ stepId, type }) => type === 'text-delta' && stepId === id)
        .map(({ data }) => data['text'])
        .join('');
    expect([textOf('a'), textOf('b')]).toEqual(['a1a2a3', 'b1b2b3']);
    expect(test.events.at(-1)?.type).toBe('execution-end');
  });

  it('commits the text that nobody here follows together with what comes right after it', async () => {
    const test = new SessionUnderTest({ isWatched: () => false });
    test.session.delta('a', 'all of it');
    await sleep(2);
    expect(test.entries).toHaveLength(0);
    await test.session.finish('succeeded', { output: 1 });
    expect(test.entries).toHaveLength(1);
    expect(test.events.map(({ type }) => type)).toEqual(['text-delta', 'execution-end']);
    test.session.dispose();
  });

  it('has one write open at a time; what is said meanwhile goes with the next one', async () => {
    const test = new SessionUnderTest();
    test.hold();
    test.session.announce('execution-start', {});
    const first = test.session.commit();
    test.session.emit('step-start', 'a', { kind: 'http', try: 1 });
    const others = [test.session.commit(), test.session.commit(), test.session.finish('succeeded', {})];
    await sleep(10);
    expect(test.entries).toHaveLength(1);
    test.release();
    await Promise.all([first, ...others]);
    expect(test.openAtMost).toBe(1);
    expect(test.events.map(({ type }) => type)).toEqual(['execution-start', 'step-start', 'execution-end']);
    test.session.dispose();
  });

  it('tells watchers nothing before it is committed', async () => {
    const test = new SessionUnderTest({ accept: TEST_ACCEPTED });
    test.hold();
    test.session.announce('execution-start', {});
    const committed = test.session.commit();
    await sleep(5);
    expect(test.published).toEqual([]);
    expect(test.session.unborn).toBe(true);
    test.release();
    await committed;
    await test.session.accepted;
    expect(test.published).toHaveLength(1);
    expect(test.session.unborn).toBe(false);
    test.session.dispose();
  });

  it('writes acceptance, steps and end as one entry when nothing was committed before', async () => {
    const test = new SessionUnderTest({ accept: TEST_ACCEPTED });
    test.session.announce('execution-start', {});
    test.session.record(testStep('size'));
    await test.session.finish('succeeded', { output: { long: true } });
    expect(test.entries).toHaveLength(1);
    expect(test.entries[0]).toMatchObject({
      accept: TEST_ACCEPTED,
      finish: { status: 'succeeded', outputJson: '{"long":true}', lastSeq: 2 },
      events: { firstSeq: 1, lastSeq: 2 },
    });
    expect(test.entries[0]?.steps).toHaveLength(1);
    test.session.dispose();
  });

  it('commits what nobody waits for by itself, soon', async () => {
    const test = new SessionUnderTest();
    test.session.emit('log', 'a', { level: 'info', message: 'hello' });
    await sleep(30);
    expect(test.events).toMatchObject([{ type: 'log', seq: 1 }]);
    expect(JSON.parse(test.entries[0]?.logs[0] ?? '')).toMatchObject({ seq: 1, step_path: 'a', message: 'hello' });
    test.session.dispose();
  });

  it('stops for good when its run is lost: walk aborted, nothing written, nothing published', async () => {
    const test = new SessionUnderTest();
    test.failure = new RunLostError();
    test.session.announce('execution-start', {});
    await expect(test.session.commit()).rejects.toBeInstanceOf(RunLostError);
    expect(test.session.signal.reason).toBeInstanceOf(RunLostError);

    test.failure = null;
    test.session.emit('step-start', 'a', { kind: 'http', try: 1 });
    test.session.delta('a', 'late');
    await expect(test.session.commit()).rejects.toBeInstanceOf(RunLostError);
    await expect(test.session.finish('succeeded', {})).rejects.toBeInstanceOf(RunLostError);
    await sleep(40);
    expect(test.entries).toHaveLength(1);
    expect(test.published).toEqual([]);
  });

  it('tells whoever waits for acceptance that the key was taken', async () => {
    const test = new SessionUnderTest({ accept: TEST_ACCEPTED });
    test.failure = new IdempotencyTakenError('key');
    await expect(test.session.finish('succeeded', {})).rejects.toBeInstanceOf(IdempotencyTakenError);
    await expect(test.session.accepted).rejects.toBeInstanceOf(IdempotencyTakenError);
    expect(test.session.unborn).toBe(true);
  });

  it('lets go of every timer when it is disposed of', async () => {
    const test = new SessionUnderTest();
    test.session.delta('a', 'first');
    test.session.delta('a', 'second');
    test.session.dispose();
    await sleep(40);
    expect(test.entries).toEqual([]);
  });

  it('lets nothing follow the end', async () => {
    const test = new SessionUnderTest();
    test.hold();
    test.session.announce('execution-start', {});
    void test.session.commit();
    const ended = test.session.finish('cancelled', {});
    test.session.delta('a', 'late');
    test.session.emit('log', 'a', { level: 'info', message: 'late' });
    test.release();
    expect((await ended).lastSeq).toBe(2);
    test.session.dispose();
    expect(test.events.map(({ type }) => type)).toEqual(['execution-start', 'execution-end']);
    expect(test.entries.at(-1)).toMatchObject({ finish: { lastSeq: 2 }, events: { lastSeq: 2 }, logs: [] });
  });

  it('adds up what all model calls used, those of earlier attempts and of steps that never ended included', async () => {
    const usage = { inputTokens: 10, outputTokens: 5, cachedInputTokens: 2, costMicroUsd: 30 };
    const test = new SessionUnderTest({ recorded: new Map([['a', testStep('a', { usage })]]), spent: usage });
    test.session.recordCall('{}', usage);
    test.session.record(testStep('b'));
    const { usage: sum } = await test.session.finish('succeeded', {});
    expect(sum).toEqual({ inputTokens: 20, outputTokens: 10, cachedInputTokens: 4, costMicroUsd: 60 });
    test.session.dispose();
  });

  it('does not know the cost of a run when it does not know the price of one of its calls', async () => {
    const test = new SessionUnderTest();
    test.session.recordCall('{}', { inputTokens: 1, outputTokens: 1, cachedInputTokens: 0, costMicroUsd: null });
    test.session.recordCall('{}', { inputTokens: 1, outputTokens: 1, cachedInputTokens: 0, costMicroUsd: 30 });
    const { usage } = await test.session.finish('succeeded', {});
    expect(usage).toMatchObject({ inputTokens: 2, costMicroUsd: null });
    test.session.dispose();
  });

  it('counts a call that was cut off with its run, and does not wait long for one that says nothing', async () => {
    const usage = { inputTokens: 10, outputTokens: 5, cachedInputTokens: 0, costMicroUsd: 30 };
    const test = new SessionUnderTest();
    const cutOff = test.session.beginCall();
    const ended = test.session.finish('cancelled', {});
    test.session.recordCall('{"id":"cut"}', usage);
    cutOff();
    expect((await ended).usage).toEqual(usage);
    expect(test.entries.flatMap(({ calls = [] }) => calls)).toEqual(['{"id":"cut"}']);
    expect(test.events.at(-1)?.data['usage']).toEqual(usage);

    const silent = new SessionUnderTest();
    silent.session.beginCall();
    expect((await silent.session.finish('cancelled', {})).usage).toMatchObject({ costMicroUsd: 0 });
    for (const { session } of [test, silent]) session.dispose();
  });

  it('keeps what Postgres cannot hold in JSON out of rows and events, and an escaped backslash as it is', async () => {
    const nasty = { text: 'a\u0000b\ud800c', kept: '\\u0000 \u{1f600}' };
    const row = JSON.parse(stepRow(testStep('a', { output: nasty }), new PayloadOutbox()));
    expect(row.output).toEqual({ text: 'a\ufffdb\ufffdc', kept: '\\u0000 \u{1f600}' });

    const test = new SessionUnderTest();
    test.session.emit('log', 'a', { level: 'info', message: 'a\u0000b\udc00' });
    test.session.record(testStep('a\u0000', { output: nasty }));
    await test.session.finish('succeeded', { output: nasty });
    test.session.dispose();
    const all = JSON.stringify(test.entries) + test.published.map(({ json }) => json).join('');
    expect(all.replaceAll('\\\\', '')).not.toMatch(/[^\\]\\u(0000|d[89a-f])/);
    expect(test.events.at(-1)?.data['output']).toEqual({ text: 'a\ufffdb\ufffdc', kept: '\\u0000 \u{1f600}' });
  });
});
