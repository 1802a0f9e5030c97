import { jest } from '@jest/globals';
import type { Graph } from './graph.js';
import type { NodeKind } from './node-kind.js';
import { BUILT_IN_KINDS, NodeKindRegistry } from './node-kind-registry.js';
import { compilePlan } from './plan.js';
import type { RunOutcome } from './run-host.js';
import { StepError } from './step-error.js';
import { edges, FakeStepServices, graph, MemoryRunHost, node, SOME_USAGE, summariseGraph } from './testing/index.js';
import { walk } from './walk.js';

const registry = new NodeKindRegistry();

function run(document: Graph, input: unknown, host: MemoryRunHost, kinds = registry): Promise<RunOutcome> {
  return walk(compilePlan(document, kinds), input, host);
}

/** A kind of the test's own, for behaviour that no built-in kind has. */
function kindWith(overrides: Partial<NodeKind>): NodeKindRegistry {
  const transform = BUILT_IN_KINDS.find(({ kind }) => kind === 'transform') as NodeKind;
  return new NodeKindRegistry([...BUILT_IN_KINDS, { ...transform, ...overrides, kind: 'custom' }]);
}

const tick = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('walk', () => {
  it('runs the example of the API contract both ways', async () => {
    const short = await run(summariseGraph(), { text: 'short' }, new MemoryRunHost());
    expect(short).toEqual({ status: 'succeeded', output: { text: 'short' } });

    const host = new MemoryRunHost();
    const long = await run(summariseGraph(), { text: 'x'.repeat(300) }, host);
    expect(long).toEqual({ status: 'succeeded', output: { text: `echo: Summarise: ${'x'.repeat(300)}` } });
    expect(host.idsOf('step-end')).toEqual(['start', 'size', 'long', 'sum', 'out']);
    expect(host.deltas).toHaveLength(1);
  });

  it('tells of every step what the contract says', async () => {
    const host = new MemoryRunHost();
    await run(summariseGraph(), { text: 'x'.repeat(300) }, host);
    expect(host.events.filter(({ stepId }) => stepId === 'sum')).toEqual([
      { type: 'step-start', stepId: 'sum', data: { kind: 'llm', try: 1 } },
      {
        type: 'step-end',
        stepId: 'sum',
        data: {
          status: 'succeeded',
          port: 'out',
          tries: 1,
          output: expect.objectContaining({ model: 'simulated/offline', simulated: true }),
          usage: SOME_USAGE,
          simulated: true,
        },
      },
    ]);
    expect(host.steps.find(({ path }) => path === 'sum')).toMatchObject({
      nodeId: 'sum',
      kind: 'llm',
      status: 'succeeded',
      input: { model: 'simulated/offline', prompt: `Summarise: ${'x'.repeat(300)}` },
      usage: SOME_USAGE,
      tries: 1,
    });
  });

  describe('joins', () => {
    const diamond = (condition: string): Graph =>
      graph(
        [
          node('if', 'condition', { expression: condition }),
          node('yes', 'transform', { expression: '"yes"' }),
          node('yes2', 'transform', { expression: 'steps.yes & "!"' }),
          node('no', 'transform', { expression: '"no"' }),
          node('join', 'transform', { expression: '[steps.yes2, steps.no]' }),
          node('out', 'output', { expression: 'steps.join' }),
        ],
        'start > if',
        'if.true > yes > yes2 > join',
        'if.false > no > join > out',
      );

    it('runs a join once, after the one branch that is alive', async () => {
      const host = new MemoryRunHost();
      expect(await run(diamond('input = 1'), 1, host)).toEqual({ status: 'succeeded', output: ['yes!'] });
      expect(host.idsOf('step-end')).toEqual(['start', 'if', 'yes', 'yes2', 'join', 'out']);
      expect(await run(diamond('input = 1'), 2, new MemoryRunHost())).toEqual({ status: 'succeeded', output: ['no'] });
    });

    it('waits for every branch that can still come', async () => {
      const services = new FakeStepServices({
        http: async ({ url }) => {
          await tick(url.includes('slow') ? 30 : 1);
          return { body: url };
        },
      });
      const host = new MemoryRunHost({ services });
      const document = graph(
        [
          node('slow', 'http', { method: 'GET', url: 'https://slow.example/' }),
          node('fast', 'http', { method: 'GET', url: 'https://fast.example/' }),
          node('out', 'output', { expression: '[steps.slow.body, steps.fast.body]' }),
        ],
        'start > slow > out',
        'start > fast > out',
      );
      const startedAt = Date.now();
      expect(await run(document, {}, host)).toEqual({
        status: 'succeeded',
        output: ['https://slow.example/', 'https://fast.example/'],
      });
      expect(host.idsOf('step-end')).toEqual(['start', 'fast', 'slow', 'out']);
      expect(Date.now() - startedAt).toBeLessThan(200);
    });

    it('follows an edge twice where both ports of a condition lead to one node', async () => {
      const document = graph(
        [node('if', 'condition', { expression: 'input' }), node('out', 'output', { expression: '"here"' })],
        'start > if',
        'if.true > out',
        'if.false > out',
      );
      const host = new MemoryRunHost();
      expect(await run(document, true, host)).toEqual({ status: 'succeeded', output: 'here' });
      expect(host.idsOf('step-start')).toEqual(['start', 'if', 'out']);
    });

    it('lets whole regions die without running anything in them', async () => {
      const chain = Array.from({ length: 1_000 }, (_, index) => node(`n${index}`, 'transform', { expression: '1' }));
      const document = graph(
        [node('if', 'condition', { expression: 'input' }), ...chain, node('out', 'output', { expression: '"done"' })],
        'start > if',
        ['if.true', ...chain.map(({ id }) => id), 'out'].join(' > '),
        'if.false > out',
      );
      const host = new MemoryRunHost();
      expect(await run(document, false, host)).toEqual({ status: 'succeeded', output: 'done' });
      expect(host.steps).toHaveLength(3);
    });
  });

  describe('outputs', () => {
    it('gives the output that comes first in the graph when several have run', async () => {
      const document = graph(
        [node('second', 'output', { expression: '"b"' }), node('first', 'output', { expression: '"a"' })],
        'start > first',
        'start > second',
      );
      expect(await run(document, {}, new MemoryRunHost())).toEqual({ status: 'succeeded', output: 'b' });
    });

    it('gives the output that has run when only one has', async () => {
      const document = graph(
        [
          node('if', 'condition', { expression: 'input' }),
          node('a', 'output', { expression: '"a"' }),
          node('b', 'output', { expression: '"b"' }),
        ],
        'start > if',
        'if.true > a',
        'if.false > b',
      );
      expect(await run(document, false, new MemoryRunHost())).toEqual({ status: 'succeeded', output: 'b' });
    });

    it('gives null when the way ended before any output', async () => {
      const document = graph(
        [node('if', 'condition', { expression: 'input' }), node('a', 'output', { expression: '"a"' })],
        'start > if',
        'if.true > a',
      );
      expect(await run(document, false, new MemoryRunHost())).toEqual({ status: 'succeeded', output: null });
    });

    it('gives the outputs of all steps when the output has no expression', async () => {
      const document = graph(
        [node('one', 'transform', { expression: '1' }), node('out', 'output')],
        'start > one > out',
      );
      expect(await run(document, { a: 1 }, new MemoryRunHost())).toEqual({
        status: 'succeeded',
        output: { start: { a: 1 }, one: 1 },
      });
    });
  });

  describe('failures', () => {
    const failing = (config: object = {}, ...more: string[]): Graph =>
      graph(
        [
          node('call', 'http', { method: 'GET', url: 'https://api.example/', ...config }),
          node('rescue', 'transform', { expression: 'steps.call.error' }),
          node('out', 'output', { expression: 'steps.rescue ? steps.rescue : steps.call.body' }),
        ],
        'start > call > out',
        'call.error > rescue > out',
        ...more,
      );
    const broken = () => new FakeStepServices({ http: () => ({ status: 404 }) });

    it('goes on by the error port with what went wrong', async () => {
      const host = new MemoryRunHost({ services: broken() });
      expect(await run(failing(), {}, host)).toEqual({
        status: 'succeeded',
        output: { code: 'http.status', message: 'GET api.example answered with status 404.' },
      });
      expect(host.steps.find(({ path }) => path === 'call')).toMatchObject({
        status: 'failed',
        port: 'error',
        error: { code: 'http.status', retryable: false, stepId: 'call' },
      });
    });

    it('leaves the error branch alone when nothing fails', async () => {
      const host = new MemoryRunHost();
      expect(await run(failing(), {}, host)).toEqual({ status: 'succeeded', output: { ok: true } });
      expect(host.idsOf('step-start')).not.toContain('rescue');
    });

    it('fails the run when nothing leads on from a failure', async () => {
      const host = new MemoryRunHost({ services: broken() });
      const document = graph(
        [node('call', 'http', { method: 'GET', url: 'https://api.example/' }), node('out', 'output')],
        'start > call > out',
      );
      expect(await run(document, {}, host)).toEqual({
        status: 'failed',
        error: {
          code: 'http.status',
          message: 'GET api.example answered with status 404.',
          retryable: false,
          stepId: 'call',
        },
      });
    });

    it('stops the other branches when one fails', async () => {
      let seen: AbortSignal | undefined;
      const services = new FakeStepServices({
        http: async ({ url }, { signal }) => {
          if (url.includes('bad')) return { status: 400 };
          seen = signal;
          return new Promise(() => undefined);
        },
      });
      const document = graph(
        [
          node('bad', 'http', { method: 'GET', url: 'https://bad.example/' }),
          node('endless', 'http', { method: 'GET', url: 'https://endless.example/' }),
          node('out', 'output'),
        ],
        'start > bad > out',
        'start > endless > out',
      );
      const outcome = await run(document, {}, new MemoryRunHost({ services }));
      expect(outcome).toMatchObject({ status: 'failed', error: { stepId: 'bad' } });
      expect(seen?.aborted).toBe(true);
    });

    it('hides the inside of unknown exceptions from people and shows it to the host', async () => {
      const defect = new TypeError('secret at /srv/app.js:12');
      const host = new MemoryRunHost();
      const kinds = kindWith({
        compile: () => () => {
          throw defect;
        },
      });
      const document = graph([node('odd', 'custom', { expression: '1' }), node('out', 'output')], 'start > odd > out');
      const outcome = await run(document, {}, host, kinds);
      expect(outcome).toMatchObject({ status: 'failed', error: { code: 'step.internal_error', stepId: 'odd' } });
      expect(JSON.stringify([outcome, host.events, host.steps])).not.toContain('secret');
      expect(host.defects).toEqual([defect]);
    });
  });

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
      expect(await run(document, {}, host)).toEqual({ status: 'succeeded', output: 'third' });
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
      const outcome = await run(
        calling({ retry: { maxAttempts: 2, backoffMs: 1 } }),
        {},
        new MemoryRunHost({ services }),
      );
      expect(outcome).toMatchObject({ status: 'failed', error: { code: 'http.status', retryable: true } });
      expect(services.httpCalls).toHaveLength(2);
    });

    it('does not repeat what cannot help or may not be repeated', async () => {
      const notFound = new FakeStepServices({ http: () => ({ status: 404 }) });
      await run(calling({ retry: { maxAttempts: 5, backoffMs: 1 } }), {}, new MemoryRunHost({ services: notFound }));
      expect(notFound.httpCalls).toHaveLength(1);

      const posting = new FakeStepServices({ http: () => ({ status: 503 }) });
      const document = calling({ retry: { maxAttempts: 5, backoffMs: 1 } }, { method: 'POST', body: '{}' });
      await run(document, {}, new MemoryRunHost({ services: posting }));
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
      expect(await run(document, {}, host)).toMatchObject({ status: 'succeeded' });
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
      expect(await run(document, {}, new MemoryRunHost({ services }))).toEqual({
        status: 'succeeded',
        output: 'second',
      });
      expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    });

    it('says so when time ran out for good', async () => {
      const services = new FakeStepServices({ http: () => new Promise(() => undefined) });
      expect(await run(calling({ timeoutMs: 10 }), {}, new MemoryRunHost({ services }))).toMatchObject({
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
      expect(await run(document, {}, host)).toMatchObject({ status: 'failed', error: { code: 'step.timeout' } });
      expect(host.steps.find(({ path }) => path === 'ask')?.usage).toEqual(spent);
    });

    it('does not hear a late answer of an attempt that was given up', async () => {
      const late: (() => void)[] = [];
      const services = new FakeStepServices({
        http: (_request, _call, number) =>
          number === 1 ? new Promise((resolve) => late.push(() => resolve({ body: 'late' }))) : { status: 404 },
      });
      const host = new MemoryRunHost({ services });
      const outcome = run(calling({ timeoutMs: 20, retry: { maxAttempts: 2, backoffMs: 150 } }), {}, host);
      await tick(60);
      late.forEach((answer) => answer());
      expect(await outcome).toMatchObject({ status: 'failed', error: { code: 'http.status' } });
      expect(host.idsOf('step-end')).toEqual(['start', 'call']);
    });
  });

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
      const outcome = run(calling(), {}, host);
      await tick(5);
      host.abort();
      expect(await outcome).toEqual(cancelled);
      expect(host.idsOf('step-end')).toEqual(['start']);
    });

    it('ends at once when cancelled while waiting to try again', async () => {
      const services = new FakeStepServices({ http: () => ({ status: 503 }) });
      const host = new MemoryRunHost({ services });
      const outcome = run(calling({ retry: { maxAttempts: 3, backoffMs: 9_000 } }), {}, host);
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
      expect(await run(calling(), {}, host)).toEqual(cancelled);
      expect(host.events).toEqual([]);
    });

    it('ends when cancelled during a commit, and starts nothing afterwards', async () => {
      const services = endless();
      const host = new MemoryRunHost({ services, commitMs: 20 });
      const outcome = run(calling(), {}, host);
      host.abort();
      expect(await outcome).toEqual(cancelled);
      await tick(30);
      expect(services.httpCalls).toHaveLength(0);
    });

    it('can be cancelled in the middle of a long row of computed steps', async () => {
      const chain = Array.from({ length: 200 }, (_, index) => node(`n${index}`, 'custom', { expression: '1' }));
      const kinds = kindWith({
        compile: () => () => {
          const until = performance.now() + 1;
          while (performance.now() < until);
          return { output: 1 };
        },
      });
      const document = graph(
        [...chain, node('out', 'output')],
        ['start', ...chain.map(({ id }) => id), 'out'].join(' > '),
      );
      const host = new MemoryRunHost();
      const outcome = run(document, {}, host, kinds);
      setTimeout(() => host.abort(), 30);
      expect(await outcome).toEqual(cancelled);
      expect(host.steps.length).toBeLessThan(150);
    });

    it('leaves no timers and no listeners behind', async () => {
      const before = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
      const host = new MemoryRunHost({ services: endless() });
      const removed = jest.spyOn(host.signal, 'removeEventListener');
      const outcome = run(calling({ timeoutMs: 60_000 }), {}, host);
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
      const outcome = await run(three, { text: 'a' }, new MemoryRunHost({ limits: { maxSteps: 3 } }));
      expect(outcome).toMatchObject({ status: 'failed', error: { code: 'run.limit_steps' } });
      expect(await run(three, { text: 'a' }, new MemoryRunHost({ limits: { maxSteps: 4 } }))).toMatchObject({
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
      expect(await run(big, {}, host)).toMatchObject({
        status: 'failed',
        error: { code: 'run.limit_output_bytes', stepId: 'a' },
      });
    });

    it('ends the run that uses too many tokens, after keeping the step that used them', async () => {
      const host = new MemoryRunHost({ limits: { maxTokens: 14 } });
      expect(await run(three, { text: 'a' }, host)).toMatchObject({
        status: 'failed',
        error: { code: 'run.limit_tokens' },
      });
      expect(host.steps.at(-1)).toMatchObject({ path: 'b', status: 'succeeded', usage: SOME_USAGE });
    });
  });

  describe('what expressions see', () => {
    it('is the input, earlier steps and variables', async () => {
      const document = graph(
        [node('out', 'output', { expression: 'vars.region & input.x & steps.start.x' })],
        'start > out',
      );
      const host = new MemoryRunHost({ vars: { region: 'eu' } });
      expect(await run(document, { x: 1 }, host)).toEqual({ status: 'succeeded', output: 'eu11' });
    });

    it('has null where a step had nothing to give, as it would after a restart', async () => {
      const document = graph(
        [
          node('none', 'transform', { expression: 'input.missing' }),
          node('out', 'output', { expression: '$exists(steps.none)' }),
        ],
        'start > none > out',
      );
      expect(await run(document, {}, new MemoryRunHost())).toEqual({ status: 'succeeded', output: true });
    });
  });
});

describe('durability', () => {
  it('commits everything before an effectful step starts, and its result before the next one', async () => {
    const host: MemoryRunHost = new MemoryRunHost({
      services: new FakeStepServices({
        http: ({ url }) => {
          seen.push([url, host.commitCount, [...committedSteps(host)]]);
          return {};
        },
      }),
    });
    const seen: unknown[] = [];
    const document = graph(
      [
        node('one', 'transform', { expression: '1' }),
        node('a', 'http', { method: 'GET', url: 'https://a.example/' }),
        node('two', 'transform', { expression: '2' }),
        node('b', 'http', { method: 'GET', url: 'https://b.example/' }),
        node('out', 'output', { expression: '"ok"' }),
      ],
      'start > one > a > two > b > out',
    );
    expect(await run(document, {}, host)).toEqual({ status: 'succeeded', output: 'ok' });
    expect(seen).toEqual([
      ['https://a.example/', 1, ['start', 'one']],
      ['https://b.example/', 2, ['start', 'one', 'a', 'two']],
    ]);
  });

  it('commits the result of one branch without waiting for another', async () => {
    const services = new FakeStepServices({
      http: async ({ url }) => {
        await tick(url.includes('slow') ? 40 : 1);
        return {};
      },
    });
    const host = new MemoryRunHost({ services });
    const document = graph(
      [
        node('slow', 'http', { method: 'GET', url: 'https://slow.example/' }),
        node('fast', 'http', { method: 'GET', url: 'https://fast.example/' }),
        node('out', 'output'),
      ],
      'start > slow > out',
      'start > fast > out',
    );
    const outcome = run(document, {}, host);
    await tick(20);
    expect(committedSteps(host)).toEqual(['start', 'fast']);
    await outcome;
  });

  it('ends as lost when a commit is refused', async () => {
    const host = new MemoryRunHost({ crashAtCommit: 1 });
    const document = graph(
      [node('a', 'http', { method: 'GET', url: 'https://a.example/' }), node('out', 'output')],
      'start > a > out',
    );
    expect(await run(document, {}, host)).toMatchObject({ status: 'failed', error: { code: 'run.lost' } });
  });

  it('resumes after a crash at any commit with the same result and without repeating a finished step', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const document: Graph = {
      nodes: [
        node('start', 'start'),
        ...names.map((id, index) =>
          index % 2 === 0
            ? node(id, 'http', { method: 'GET', url: `https://${id}.example/{{ input.n }}` })
            : node(id, 'llm', { model: 'simulated/offline', prompt: `${id} {{ input.n }}` }),
        ),
        node('if', 'condition', { expression: 'steps.a.body.ok' }),
        node('left', 'transform', { expression: 'steps.b.text & "/" & $string(steps.c.status)' }),
        node('right', 'http', { method: 'GET', url: 'https://never.example/' }),
        node('out', 'output', { expression: '[steps.left, steps.d.text, steps.e.status]' }),
      ],
      edges: edges('start > a > b > c > if', 'if.true > left > d', 'if.false > right > d', 'd > e > out', 'a > out'),
    };
    const undisturbed = await run(document, { n: 7 }, new MemoryRunHost());
    expect(undisturbed).toMatchObject({ status: 'succeeded' });

    for (let crashAtCommit = 1; ; crashAtCommit++) {
      const services = new FakeStepServices();
      const first = new MemoryRunHost({ services, crashAtCommit });
      const outcome = await run(document, { n: 7 }, first);
      if (outcome.status === 'succeeded') break;
      const finished = new Set(committedSteps(first));
      const callsBefore = services.httpCalls.length + services.generateCalls.length;
      const second = first.resume();
      expect(await run(document, { n: 7 }, second)).toEqual(undisturbed);
      expect(second.idsOf('step-start').filter((id) => finished.has(id))).toEqual([]);
      const keys = [...services.httpCalls, ...services.generateCalls].map(({ idempotencyKey }) => idempotencyKey);
      const repeated = keys.filter((key, index) => keys.indexOf(key) < index);
      expect(repeated.length).toBeLessThanOrEqual(1);
      expect(keys.length - callsBefore).toBe(5 - [...finished].filter((id) => names.includes(id)).length);
      expect(crashAtCommit).toBeLessThan(20);
    }
  });

  it('follows recorded ports, failures included, when it resumes', async () => {
    const services = new FakeStepServices({ http: ({ url }) => (url.includes('bad') ? { status: 400 } : {}) });
    const document = graph(
      [
        node('bad', 'http', { method: 'GET', url: 'https://bad.example/' }),
        node('rescue', 'http', { method: 'GET', url: 'https://good.example/' }),
        node('out', 'output', { expression: 'steps.bad.error.code' }),
      ],
      'start > bad > out',
      'bad.error > rescue > out',
    );
    const first = new MemoryRunHost({ services, crashAtCommit: 3 });
    await run(document, {}, first);
    const calls = services.httpCalls.length;
    const second = first.resume();
    expect(await run(document, {}, second)).toEqual({ status: 'succeeded', output: 'http.status' });
    expect(services.httpCalls.slice(calls).map(({ request }) => request.url)).not.toContain('https://bad.example/');
  });

  it('fails again with the recorded failure when it resumes after one', async () => {
    const services = new FakeStepServices({ http: () => ({ status: 400 }) });
    const document = graph(
      [node('bad', 'http', { method: 'GET', url: 'https://bad.example/' }), node('out', 'output')],
      'start > bad > out',
    );
    const first = new MemoryRunHost({ services });
    const outcome = await run(document, {}, first);
    await first.commit();
    expect(await run(document, {}, first.resume())).toEqual(outcome);
    expect(services.httpCalls).toHaveLength(1);
  });
});

function committedSteps(host: MemoryRunHost): string[] {
  return host.steps.map(({ path }) => path).filter((path) => host.recorded(path) !== undefined);
}

it('reports a step error as it is, with its step', () => {
  const error = new StepError({ code: 'a.b', message: 'm', retryable: true });
  expect(error.toFailure('s')).toEqual({ code: 'a.b', message: 'm', retryable: true, stepId: 's' });
});
