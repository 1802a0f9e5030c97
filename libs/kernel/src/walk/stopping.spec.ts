import { jest } from '@jest/globals';
import type { Graph } from '../graph.js';
import { tick, withKinds } from '../testing/custom-kinds.js';
import { FakeStepServices, graph, MemoryRunHost, node, SOME_USAGE } from '../testing/index.js';
import { runGraph } from '../testing/run-graph.js';

describe('walk', () => {
  describe('stopping', () => {
    const endless = () => new FakeStepServices({ http: () => new Promise(() => undefined) });
    const calling = (rest: object = {}): Graph =>
      graph(
        [node('call', 'http', { method: 'GET', url: 'https://api.example/' }, rest), node('out', 'output')],
        'start > call > out',
      );
    const cancelled = {
      status: 'failed',
      error: { code: 'run.cancelled', message: 'The run was cancelled.', retryable: false },
    };

    it('ends at once when cancelled during a call that does not listen', async () => {
      const host = new MemoryRunHost({ services: endless() });
      const outcome = runGraph(calling(), {}, host);
      await tick(5);
      host.abort();
      expect(await outcome).toEqual(cancelled);
      expect(host.idsOf('step-end')).toEqual(['start']);
    });

    it('ends at once when cancelled while waiting to try again', async () => {
      const services = new FakeStepServices({ http: () => ({ status: 503 }) });
      const host = new MemoryRunHost({ services });
      const outcome = runGraph(calling({ retry: { maxAttempts: 3, backoffMs: 9_000 } }), {}, host);
      await tick(5);
      expect(host.idsOf('step-retry')).toEqual(['call']);
      host.abort();
      const startedAt = Date.now();
      expect(await outcome).toEqual(cancelled);
      expect(Date.now() - startedAt).toBeLessThan(50);
      await tick(5);
      expect(services.httpCalls).toHaveLength(1);
    });

    it('does not begin when it is cancelled before', async () => {
      const host = new MemoryRunHost();
      host.abort();
      expect(await runGraph(calling(), {}, host)).toEqual(cancelled);
      expect(host.events).toEqual([]);
    });

    it('ends when cancelled during a commit, and starts nothing afterwards', async () => {
      const services = endless();
      const host = new MemoryRunHost({ services, commitMs: 20 });
      const outcome = runGraph(calling(), {}, host);
      host.abort();
      expect(await outcome).toEqual(cancelled);
      await tick(30);
      expect(services.httpCalls).toHaveLength(0);
    });

    it('can be cancelled in the middle of a long row of computed steps', async () => {
      const chain = Array.from({ length: 200 }, (_, index) => node(`n${index}`, 'custom', { expression: '1' }));
      const kinds = withKinds(
        {
          custom: () => {
            const until = performance.now() + 1;
            while (performance.now() < until);
            return { output: 1 };
          },
        },
        { effect: 'pure' },
      );
      const document = graph(
        [...chain, node('out', 'output')],
        ['start', ...chain.map(({ id }) => id), 'out'].join(' > '),
      );
      const host = new MemoryRunHost();
      const outcome = runGraph(document, {}, host, kinds);
      setTimeout(() => host.abort(), 30);
      expect(await outcome).toEqual(cancelled);
      expect(host.steps.length).toBeLessThan(150);
    });

    it('leaves no timers and no listeners behind', async () => {
      const before = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
      const host = new MemoryRunHost({ services: endless() });
      const removed = jest.spyOn(host.signal, 'removeEventListener');
      const outcome = runGraph(calling({ timeoutMs: 60_000 }), {}, host);
      await tick(2);
      host.abort();
      await outcome;
      const after = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
      expect(after).toBeLessThanOrEqual(before);
      expect(removed).toHaveBeenCalledWith('abort', expect.any(Function));
    });
  });

  describe('limits', () => {
    const three = graph(
      [
        node('a', 'transform', { expression: 'input.text' }),
        node('b', 'llm', { model: 'simulated/offline', prompt: 'x' }),
        node('out', 'output'),
      ],
      'start > a > b > out',
    );

    it('ends the run that makes too many steps', async () => {
      const outcome = await runGraph(three, { text: 'a' }, new MemoryRunHost({ limits: { maxSteps: 3 } }));
      expect(outcome).toMatchObject({ status: 'failed', error: { code: 'run.limit_steps' } });
      expect(await runGraph(three, { text: 'a' }, new MemoryRunHost({ limits: { maxSteps: 4 } }))).toMatchObject({
        status: 'succeeded',
      });
    });

    it('ends the run whose step gives too much', async () => {
      const host = new MemoryRunHost({ limits: { maxOutputBytes: 100 } });
      const big = graph(
        [node('a', 'transform', { expression: '$pad("", 200)' }), node('out', 'output')],
        'start > a > out',
        'a.error > out',
      );
      expect(await runGraph(big, {}, host)).toMatchObject({
        status: 'failed',
        error: { code: 'run.limit_output_bytes', stepId: 'a' },
      });
    });

    it('ends the run that uses too many tokens, after keeping the step that used them', async () => {
      const host = new MemoryRunHost({ limits: { maxTokens: 14 } });
      expect(await runGraph(three, { text: 'a' }, host)).toMatchObject({
        status: 'failed',
        error: { code: 'run.limit_tokens' },
      });
      expect(host.steps.at(-1)).toMatchObject({ path: 'b', status: 'succeeded', usage: SOME_USAGE });
    });
  });
});
