import { jest } from '@jest/globals';
import type { EventEnvelope } from './execution-event.js';
import type { ExecutionStream } from './execution-stream.js';
import type { ExecutionsService, StartCommand } from './executions.service.js';
import { FollowedRuns } from './followed-runs.js';

const command: StartCommand = { agentId: 'a', input: {}, mode: 'interactive', trigger: 'test' };
const event = (seq: number): EventEnvelope => ({ executionId: 'run', seq, at: '', type: 'log', data: null });

/** Yields what it is given and then, as the real one does for a run that goes on, waits for the signal. */
class FakeStream {
  isListening = false;

  async *follow(_id: string, _after: number, signal: AbortSignal): AsyncGenerator<readonly EventEnvelope[], void> {
    this.isListening = true;
    try {
      yield [event(1)];
      yield [event(2)];
      if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    } finally {
      this.isListening = false;
    }
  }
}

describe('A run that its starter stays with', () => {
  let stream: FakeStream;
  const runsWith = (service: object): FollowedRuns =>
    new FollowedRuns(service as ExecutionsService, stream as unknown as ExecutionStream);
  const started = (accepted: Promise<void> | null) => ({
    executionId: 'run',
    replayed: accepted === null,
    live: accepted && { accepted, ended: Promise.resolve(null) },
  });

  beforeEach(() => {
    stream = new FakeStream();
  });

  it('is heard from its first event on, until nobody listens any more', async () => {
    const gone = new AbortController();
    const runs = runsWith({ start: async () => started(Promise.resolve()) });
    const run = await runs.start(command, gone.signal);
    expect(run).toMatchObject({ executionId: 'run', replayed: false });
    const heard: number[] = [];
    for await (const events of run.events()) {
      heard.push(...events.map(({ seq }) => seq));
      if (heard.length === 2) gone.abort();
    }
    expect(heard).toEqual([1, 2]);
    expect(stream.isListening).toBe(false);
  });

  it('is left behind with nothing that still listens', async () => {
    const runs = runsWith({ start: async () => started(Promise.resolve()) });
    const run = await runs.start(command, new AbortController().signal);
    const events = run.events();
    await events.next();
    await events.return();
    expect(stream.isListening).toBe(false);
  });

  it('that was never accepted fails as its start does', async () => {
    const refused = new Error('the database is away');
    const earlierInstead = jest.fn(async (error: unknown) => {
      throw error;
    });
    const runs = runsWith({ start: async () => started(Promise.reject(refused)), earlierInstead });
    await expect(runs.start(command, new AbortController().signal)).rejects.toBe(refused);
  });

  it('gives way to the one that was committed first under its key', async () => {
    const runs = runsWith({
      start: async () => started(Promise.reject(new Error('taken'))),
      earlierInstead: async () => started(null),
    });
    expect(await runs.start(command, new AbortController().signal)).toMatchObject({ replayed: true });
  });
});
