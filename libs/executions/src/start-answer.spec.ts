import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStreamAnswer } from './event-stream-answer.js';
import type { ExecutionDetailRow } from './execution-detail.read-model.js';
import { IdempotencyTakenError } from './executions.errors.js';
import type { ExecutionStream } from './execution-stream.js';
import type { ExecutionsMetrics } from './executions.metrics.js';
import type { ExecutionsQueries } from './executions.queries.js';
import type { ExecutionsService, LiveRun, Started } from './executions.service.js';
import { StartAnswer, startStyle } from './start-answer.js';
import { testDetail } from './testing/execution-row.factory.js';
import { FakeResponse } from './testing/fake-response.js';

const ASKED = { agentId: 'agent', input: {}, trigger: 'api' };

class Scene {
  readonly response = new FakeResponse();
  readonly streamed: string[] = [];
  openConversations = 0;
  earlier: Started | null = null;
  finishedAt: string | null = null;
  modes: string[] = [];
  endsWhileWaiting: () => unknown = () => undefined;

  constructor(private readonly started: Started) {}

  async send(style: Parameters<StartAnswer['send']>[1]): Promise<FakeResponse> {
    const executions = {
      start: ({ mode }: { mode: string }) => {
        this.modes.push(mode);
        return Promise.resolve(this.started);
      },
      earlierInstead: async (error: unknown) => {
        if (!this.earlier) throw error;
        return this.earlier;
      },
    };
    const get = (id: string): Promise<object> => Promise.resolve({ id, finishedAt: this.finishedAt });
    const queries = { get, getWithOutput: get };
    const streams = {
      send: (id: string) => Promise.resolve(void this.streamed.push(`log of ${id}`)),
      sendFresh: async (id: string, accepted: Promise<void>) => {
        await accepted;
        this.streamed.push(`live ${id}`);
      },
    };
    const conversations = { inc: () => (this.openConversations += 1), dec: () => (this.openConversations -= 1) };
    const answer = new StartAnswer(
      executions as unknown as ExecutionsService,
      queries as unknown as ExecutionsQueries,
      streams as unknown as EventStreamAnswer,
      { untilEnd: () => Promise.resolve(this.endsWhileWaiting()) } as unknown as ExecutionStream,
      { conversations } as unknown as ExecutionsMetrics,
    );
    await answer.send(ASKED, style, this.response.response);
    return this.response;
  }
}

const live = (ended: Promise<ExecutionDetailRow | null>, accepted: Promise<void> = Promise.resolve()): LiveRun => ({
  accepted,
  ended,
});

describe('The style of a start', () => {
  it.each([
    ['text/event-stream', { mode: 'wait' as const }, { kind: 'stream' }],
    ['application/json, text/event-stream;q=0.9', {}, { kind: 'stream' }],
    ['application/json', { mode: 'wait' as const, waitSeconds: 5 }, { kind: 'wait', waitSeconds: 5 }],
    [undefined, { mode: 'wait' as const }, { kind: 'wait', waitSeconds: 30 }],
    [undefined, { mode: 'async' as const }, { kind: 'async' }],
    ['*/*', {}, { kind: 'async' }],
  ])('for Accept %p and body %p is %p', (accept, body, expected) => {
    expect(startStyle(accept, body)).toEqual(expected);
  });
});

describe('The answer to a start', () => {
  it('async: 202 with the address of the run, which goes to the queue', async () => {
    const scene = new Scene({ executionId: 'run', replayed: false, live: null });
    const response = await scene.send({ kind: 'async' });
    expect([response.statusCode, response.headers.get('location'), scene.modes]).toEqual([
      202,
      '/api/v1/executions/run',
      ['background'],
    ]);
    expect(response.headers.has('idempotent-replayed')).toBe(false);
  });

  it('wait: 200 with the result when the run ends in time', async () => {
    const scene = new Scene({
      executionId: 'run',
      replayed: false,
      live: live(Promise.resolve(testDetail({ output: 42 }))),
    });
    const response = await scene.send({ kind: 'wait', waitSeconds: 5 });
    expect(response.statusCode).toBe(200);
    expect(response.answer).toMatchObject({ status: 'succeeded', output: 42 });
    expect([scene.modes, scene.openConversations]).toEqual([['interactive'], 0]);
  });

  it('wait: 202 when time is up, and when another process took the run over', async () => {
    for (const ended of [sleep(60_000, null, { ref: false }), Promise.resolve(null)]) {
      const scene = new Scene({ executionId: 'run', replayed: false, live: live(ended) });
      expect((await scene.send({ kind: 'wait', waitSeconds: 0.01 })).statusCode).toBe(202);
    }
  });

  it('stream: the live events of the run', async () => {
    const scene = new Scene({ executionId: 'run', replayed: false, live: live(Promise.resolve(null)) });
    await scene.send({ kind: 'stream' });
    expect(scene.streamed).toEqual(['live run']);
  });

  it('a repetition: the earlier run, marked as replayed, and 200 only when it has ended', async () => {
    const scene = new Scene({ executionId: 'run', replayed: true, live: null });
    const response = await scene.send({ kind: 'wait', waitSeconds: 1 });
    expect([response.statusCode, response.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
    const ended = new Scene({ executionId: 'run', replayed: true, live: null });
    ended.finishedAt = '2026-01-01T00:00:00.000Z';
    expect((await ended.send({ kind: 'wait', waitSeconds: 1 })).statusCode).toBe(200);
  });

  it('wait: also for a run that had to go to the queue, or began under the same key before', async () => {
    const scene = new Scene({ executionId: 'run', replayed: false, live: null });
    scene.endsWhileWaiting = () => (scene.finishedAt = '2026-01-01T00:00:00.000Z');
    expect((await scene.send({ kind: 'wait', waitSeconds: 1 })).statusCode).toBe(200);
  });

  it('two requests with one key that race: both get the run that was committed first', async () => {
    const taken = Promise.reject(new IdempotencyTakenError('key'));
    taken.catch(() => undefined);
    for (const kind of ['wait', 'stream'] as const) {
      const scene = new Scene({ executionId: 'mine', replayed: false, live: live(taken, taken) });
      scene.earlier = { executionId: 'theirs', replayed: true, live: null };
      const response = await scene.send({ kind, waitSeconds: 1 });
      expect(response.headers.get('location')).toBe('/api/v1/executions/theirs');
      expect(scene.openConversations).toBe(0);
    }
  });

  it('a run that could not be committed: the failure, never a run', async () => {
    const failed = Promise.reject(new Error('The database is away.'));
    failed.catch(() => undefined);
    const scene = new Scene({ executionId: 'run', replayed: false, live: live(failed, failed) });
    await expect(scene.send({ kind: 'wait', waitSeconds: 1 })).rejects.toThrow('The database is away.');
    expect(scene.response.headersSent).toBe(false);
  });
});
