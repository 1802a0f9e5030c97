import { DeadlineExceededError } from '../errors/deadline-exceeded-error.js';
import type { CallDeadlines } from '../model/call-deadlines.js';
import type { StreamPart } from '../model/stream-part.js';
import { streamWithDeadlines, withTotalDeadline } from './deadlines.js';

const ENOUGH: CallDeadlines = { connectMs: 5_000, firstTokenMs: 5_000, idleMs: 5_000, totalMs: 5_000 };
const START: StreamPart = { type: 'stream-start' };
const PROGRESS: StreamPart = { type: 'progress' };
const TEXT: StreamPart = { type: 'text-delta', text: 'Hello' };
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Yields each part after its pause, then hangs for good; deaf to signals, as broken connections are. */
async function* deaf(...parts: readonly (readonly [number, StreamPart])[]): AsyncGenerator<StreamPart> {
  for (const [pauseMs, part] of parts) {
    await wait(pauseMs);
    yield part;
  }
  await new Promise(() => undefined);
}

async function drain(stream: AsyncIterable<StreamPart>): Promise<StreamPart[]> {
  const parts: StreamPart[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

describe('streamWithDeadlines', () => {
  it.each([
    ['connect', { connectMs: 40 }, [], false],
    ['first-token', { firstTokenMs: 40 }, [[0, START]], false],
    [
      'idle',
      { idleMs: 40 },
      [
        [0, START],
        [0, TEXT],
      ],
      true,
    ],
    [
      'total',
      { totalMs: 60, idleMs: 40 },
      [
        [0, START],
        [25, TEXT],
        [25, TEXT],
        [25, TEXT],
        [25, TEXT],
      ],
      true,
    ],
  ] as const)(
    'ends a stream that misses its %s deadline, and aborts the model',
    async (deadline, limits, parts, outputStarted) => {
      let aborted: AbortSignal | undefined;
      const stream = streamWithDeadlines('x/y', { ...ENOUGH, ...limits }, undefined, (signal) => {
        signal.addEventListener('abort', () => (aborted = signal));
        return deaf(...parts);
      });
      const startedAt = performance.now();
      const error = await drain(stream).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(DeadlineExceededError);
      expect(error).toMatchObject({
        deadline,
        retryable: true,
        outputStarted,
        code: `provider.${deadline.replace('-', '_')}_timeout`,
      });
      expect(performance.now() - startedAt).toBeLessThan(1_000);
      expect(aborted?.reason).toBe(error);
    },
  );

  it('lets a model think for as long as it shows that it works, and no longer', async () => {
    const limits = { ...ENOUGH, firstTokenMs: 60, idleMs: 60 };
    const work = drain(
      streamWithDeadlines('x/y', limits, undefined, () =>
        deaf([0, START], [40, PROGRESS], [40, PROGRESS], [40, PROGRESS], [40, PROGRESS]),
      ),
    );
    const startedAt = performance.now();
    await expect(work).rejects.toMatchObject({ deadline: 'idle', outputStarted: false });
    expect(performance.now() - startedAt).toBeGreaterThan(200);
  });

  it('does not take a reader who takes its time for a silent provider', async () => {
    async function* quick(): AsyncGenerator<StreamPart> {
      yield START;
      yield TEXT;
      yield TEXT;
    }
    const stream = streamWithDeadlines('x/y', { ...ENOUGH, idleMs: 30 }, undefined, quick);
    let count = 0;
    for await (const part of stream) {
      if (part) count++;
      await wait(60);
    }
    expect(count).toBe(3);
  });

  it('rejects with the reason of the caller, at once, whatever the model does', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const work = drain(streamWithDeadlines('x/y', ENOUGH, controller.signal, () => deaf([0, START])));
    setTimeout(() => controller.abort(reason), 20);
    await expect(work).rejects.toBe(reason);
  });

  it('aborts the model when its reader leaves', async () => {
    let inner: AbortSignal | undefined;
    const stream = streamWithDeadlines('x/y', ENOUGH, undefined, (signal) => {
      inner = signal;
      return deaf([0, START], [0, TEXT]);
    });
    for await (const part of stream) if (part.type === 'text-delta') break;
    expect(inner?.aborted).toBe(true);
  });

  it('leaves neither timers nor listeners behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => (listeners++, add(...args));
    signal.removeEventListener = (...args: Parameters<typeof remove>) => (listeners--, remove(...args));
    async function* quick(): AsyncGenerator<StreamPart> {
      yield START;
    }
    await drain(streamWithDeadlines('x/y', ENOUGH, signal, quick));
    expect(listeners).toBe(0);
    expect(timers()).toBe(before);
  });
});

describe('withTotalDeadline', () => {
  it('ends a call that takes too long and aborts it', async () => {
    let inner: AbortSignal | undefined;
    const work = withTotalDeadline('x/y', { ...ENOUGH, totalMs: 30 }, undefined, (signal) => {
      inner = signal;
      return new Promise(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ code: 'provider.total_timeout', limitMs: 30 });
    expect(inner?.aborted).toBe(true);
  });

  it('passes results and failures on', async () => {
    await expect(withTotalDeadline('x/y', ENOUGH, undefined, () => Promise.resolve(1))).resolves.toBe(1);
    await expect(withTotalDeadline('x/y', ENOUGH, undefined, () => Promise.reject(new Error('no')))).rejects.toThrow(
      'no',
    );
  });
});
