import type { Graph } from '../graph.js';
import { StepError } from '../step-error.js';
import { tick } from '../testing/custom-kinds.js';
import { FakeStepServices, graph, MemoryRunHost, node } from '../testing/index.js';
import { runGraph } from '../testing/run-graph.js';

describe('walk', () => {
  describe('retries', () => {
    const calling = (rest: object, config: object = { method: 'GET' }): Graph =>
      graph(
        [
          node('call', 'http', { url: 'https://api.example/', ...config }, rest),
          node('out', 'output', { expression: 'steps.call.body' }),
        ],
        'start > call > out',
      );

    it('tries again until it works, with one key for all attempts', async () => {
      const services = new FakeStepServices({
        http: (_request, _call, number) => (number < 3 ? { status: 503 } : { body: 'third' }),
      });
      const host = new MemoryRunHost({ services });
      const document = calling({ retry: { maxAttempts: 3, backoffMs: 2 } });
      expect(await runGraph(document, {}, host)).toEqual({ status: 'succeeded', output: 'third' });
      expect(new Set(services.httpCalls.map(({ idempotencyKey }) => idempotencyKey))).toEqual(
        new Set(['execution-1:call']),
      );
      expect(host.events.filter(({ stepId }) => stepId === 'call').map(({ type, data }) => [type, data])).toEqual([
        ['step-start', { kind: 'http', try: 1 }],
        ['step-retry', { try: 1, waitMs: expect.any(Number), error: expect.objectContaining({ code: 'http.status' }) }],
        ['step-start', { kind: 'http', try: 2 }],
        ['step-retry', { try: 2, waitMs: expect.any(Number), error: expect.objectContaining({ code: 'http.status' }) }],
        ['step-start', { kind: 'http', try: 3 }],
        ['step-end', expect.objectContaining({ status: 'succeeded', tries: 3 })],
      ]);
    });

    it('gives up after the last attempt', async () => {
      const services = new FakeStepServices({ http: () => ({ status: 503 }) });
      const outcome = await runGraph(
        calling({ retry: { maxAttempts: 2, backoffMs: 1 } }),
        {},
        new MemoryRunHost({ services }),
      );
      expect(outcome).toMatchObject({ status: 'failed', error: { code: 'http.status', retryable: true } });
      expect(services.httpCalls).toHaveLength(2);
    });

    it('does not repeat what cannot help or may not be repeated', async () => {
      const notFound = new FakeStepServices({ http: () => ({ status: 404 }) });
      await runGraph(
        calling({ retry: { maxAttempts: 5, backoffMs: 1 } }),
        {},
        new MemoryRunHost({ services: notFound }),
      );
      expect(notFound.httpCalls).toHaveLength(1);

      const posting = new FakeStepServices({ http: () => ({ status: 503 }) });
      const document = calling({ retry: { maxAttempts: 5, backoffMs: 1 } }, { method: 'POST', body: '{}' });
      await runGraph(document, {}, new MemoryRunHost({ services: posting }));
      expect(posting.httpCalls).toHaveLength(1);
    });

    it('counts what failed attempts have cost', async () => {
      const services = new FakeStepServices({
        generate: (_request, _call, number) => (number === 1 ? { text: 'no json' } : { text: '{}', json: {} }),
      });
      const host = new MemoryRunHost({ services });
      const config = { model: 'simulated/offline', prompt: 'hi', schema: { type: 'object' } };
      const document = graph(
        [node('ask', 'llm', config, { retry: { maxAttempts: 2, backoffMs: 1 } }), node('out', 'output')],
        'start > ask > out',
      );
      expect(await runGraph(document, {}, host)).toMatchObject({ status: 'succeeded' });
      expect(host.steps.find(({ path }) => path === 'ask')?.usage).toEqual({
        inputTokens: 20,
        outputTokens: 10,
        cachedInputTokens: 0,
        costMicroUsd: 60,
      });
    });

    it('ends an attempt that takes too long and tells it to stop', async () => {
      const signals: AbortSignal[] = [];
      const services = new FakeStepServices({
        http: (_request, { signal }, number) => {
          signals.push(signal);
          return number === 1 ? new Promise(() => undefined) : { body: 'second' };
        },
      });
      const document = calling({ timeoutMs: 20, retry: { maxAttempts: 2, backoffMs: 1 } });
      expect(await runGraph(document, {}, new MemoryRunHost({ services }))).toEqual({
        status: 'succeeded',
        output: 'second',
      });
      expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    });

    it('says so when time ran out for good', async () => {
      const services = new FakeStepServices({ http: () => new Promise(() => undefined) });
      expect(await runGraph(calling({ timeoutMs: 10 }), {}, new MemoryRunHost({ services }))).toMatchObject({
        status: 'failed',
        error: { code: 'step.timeout', retryable: true, stepId: 'call' },
      });
    });

    it('counts what a call has cost that it cut off', async () => {
      const spent = { inputTokens: 7, outputTokens: 3, cachedInputTokens: 0, costMicroUsd: 9 };
      const cutOff = new StepError({ code: 'step.aborted', message: 'Cut.', retryable: false, usage: spent });
      const services = new FakeStepServices({
        generate: (_request, { signal }) =>
          new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(cutOff))),
      });
      const host = new MemoryRunHost({ services });
      const document = graph(
        [node('ask', 'llm', { model: 'simulated/offline', prompt: 'hi' }, { timeoutMs: 10 }), node('out', 'output')],
        'start > ask > out',
      );
      expect(await runGraph(document, {}, host)).toMatchObject({ status: 'failed', error: { code: 'step.timeout' } });
      expect(host.steps.find(({ path }) => path === 'ask')?.usage).toEqual(spent);
    });

    it('does not hear a late answer of an attempt that was given up', async () => {
      const late: (() => void)[] = [];
      const services = new FakeStepServices({
        http: (_request, _call, number) =>
          number === 1 ? new Promise((resolve) => late.push(() => resolve({ body: 'late' }))) : { status: 404 },
      });
      const host = new MemoryRunHost({ services });
      const outcome = runGraph(calling({ timeoutMs: 20, retry: { maxAttempts: 2, backoffMs: 150 } }), {}, host);
      await tick(60);
      late.forEach((answer) => answer());
      expect(await outcome).toMatchObject({ status: 'failed', error: { code: 'http.status' } });
      expect(host.idsOf('step-end')).toEqual(['start', 'call']);
    });
  });
});
