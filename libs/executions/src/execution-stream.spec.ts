import { jest } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalBus } from '#platform/events';
import type { EventEnvelope } from './execution-event.js';
import type { ExecutionEventsRepository } from './execution-events.repository.js';
import { ExecutionStream } from './execution-stream.js';
import { FakeEventLog } from './testing/fake-event-log.js';

function setUp(): { log: FakeEventLog; bus: LocalBus; stream: ExecutionStream; stop: AbortController } {
  const [log, bus] = [new FakeEventLog(), new LocalBus()];
  const stream = new ExecutionStream(log as unknown as ExecutionEventsRepository, bus);
  return { log, bus, stream, stop: new AbortController() };
}

async function all(events: AsyncIterable<readonly EventEnvelope[]>): Promise<number[]> {
  const seen: number[] = [];
  for await (const some of events) seen.push(...some.map(({ seq }) => seq));
  return seen;
}

describe('A stream of a run', () => {
  it('reads the log first and goes on live to the end', async () => {
    const { log, bus, stream, stop } = setUp();
    log.commit(3);
    const seen = all(stream.follow(log.executionId, 0, stop.signal));
    await sleep(5);
    log.announce(bus, log.commit(2));
    log.announce(bus, log.commit(1, true));
    expect(await seen).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('begins where the reader stopped, in the middle of a chunk if need be', async () => {
    const { log, stream, stop } = setUp();
    log.commit(3);
    log.commit(3, true);
    expect(await all(stream.follow(log.executionId, 2, stop.signal))).toEqual([3, 4, 5, 6]);
  });

  it('reads the log again when a live message is missing', async () => {
    const { log, bus, stream, stop } = setUp();
    const seen = all(stream.follow(log.executionId, 0, stop.signal));
    await sleep(5);
    log.announce(bus, log.commit(1));
    log.commit(4);
    log.announce(bus, log.commit(1, true));
    expect(await seen).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('gives each event once, however often it is announced', async () => {
    const { log, bus, stream, stop } = setUp();
    const seen = all(stream.follow(log.executionId, 0, stop.signal));
    await sleep(5);
    const [first, second] = [log.commit(2), log.commit(2)];
    for (const chunk of [first, second, first, second, second]) log.announce(bus, chunk);
    log.announce(bus, log.commit(1, true));
    expect(await seen).toEqual([1, 2, 3, 4, 5]);
  });

  it('forgets what a slow reader leaves lying and reads it from the log later', async () => {
    const { log, bus, stream, stop } = setUp();
    const events = stream.follow(log.executionId, 0, stop.signal);
    log.commit(1);
    expect((await events.next()).value).toMatchObject([{ seq: 1 }]);
    for (let each = 0; each < 700; each += 1) log.announce(bus, log.commit(1));
    log.announce(bus, log.commit(1, true));
    expect(await all(events)).toEqual(Array.from({ length: 701 }, (_, index) => index + 2));
  });

  it('ends at once for a run that had ended and was read to its end', async () => {
    const { log, stream, stop } = setUp();
    log.commit(2, true);
    expect(await all(stream.follow(log.executionId, 2, stop.signal))).toEqual([]);
    expect(await all(stream.follow(log.executionId, 99, stop.signal))).toEqual([]);
  });

  it('ends at once for a run that has been deleted', async () => {
    const { log, stream, stop } = setUp();
    log.exists = false;
    expect(await all(stream.follow(log.executionId, 0, stop.signal))).toEqual([]);
  });

  it('stops listening when it is aborted', async () => {
    const { log, bus, stream, stop } = setUp();
    const seen = all(stream.follow(log.executionId, 0, stop.signal));
    await sleep(5);
    stop.abort();
    expect(await seen).toEqual([]);
    const reads = log.reads;
    log.announce(bus, log.commit(1));
    await sleep(5);
    expect(log.reads).toBe(reads);
  });

  it('does not ask the log for a run that was started just now', async () => {
    const { log, bus, stream, stop } = setUp();
    const seen = all(stream.follow(log.executionId, 0, stop.signal, true));
    await sleep(5);
    log.announce(bus, log.commit(2));
    log.announce(bus, log.commit(1, true));
    expect(await seen).toEqual([1, 2, 3]);
    expect(log.reads).toBe(0);
  });

  describe('when nothing comes live', () => {
    beforeEach(
      () => void jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'] }),
    );
    afterEach(() => void jest.useRealTimers());

    it('reads the log every two seconds', async () => {
      const { log, stream, stop } = setUp();
      const seen = all(stream.follow(log.executionId, 0, stop.signal));
      await jest.advanceTimersByTimeAsync(10);
      log.commit(3, true);
      await jest.advanceTimersByTimeAsync(2_000);
      expect(await seen).toEqual([1, 2, 3]);
    });

    it('waits for the first commit of a run that was started just now, however long that takes', async () => {
      const { log, bus, stream, stop } = setUp();
      log.exists = false;
      const seen = all(stream.follow(log.executionId, 0, stop.signal, true));
      await jest.advanceTimersByTimeAsync(9_000);
      log.exists = true;
      log.announce(bus, log.commit(2, true));
      expect(await seen).toEqual([1, 2]);
    });
  });
});
