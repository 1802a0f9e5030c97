import type { CompiledNode, InnerStep } from '../node-kind.js';
import { compilePlan } from '../plan.js';
import type { RunOutcome } from '../run-host.js';
import { StepError } from '../step-error.js';
import { ANY, tick, withKinds } from '../testing/custom-kinds.js';
import { graph, MemoryRunHost, node } from '../testing/index.js';
import { longestTurnMs } from '../testing/longest-turn.js';
import { walk } from '../walk.js';

/** Runs `start > it > out` where `it` does what the test says and `out` gives its output. */
function run(it: CompiledNode, host: MemoryRunHost, rest: object = {}): Promise<RunOutcome> {
  const nodes = [node('it', 'custom', ANY, rest), node('out', 'output', { expression: 'steps.it' })];
  return walk(compilePlan(graph(nodes, 'start > it > out'), withKinds({ custom: it })), {}, host);
}

const doing = (path: string, runIt: CompiledNode, more: Partial<InnerStep> = {}): InnerStep => ({
  path,
  kind: 'part',
  effect: 'pure',
  run: runIt,
  ...more,
});

const failing = (retryable: boolean): CompiledNode => {
  return () => {
    throw new StepError({ code: 'part.broken', message: 'It broke.', retryable });
  };
};

describe('a step below a step', () => {
  it('is announced and recorded like any other, at a path of its own', async () => {
    const host = new MemoryRunHost();
    const part = doing('a/1', () => ({ output: 7 }), { name: 'Part one' });
    const outcome = await run(async (context) => ({ output: (await context.step(part)).output }), host);
    expect(outcome).toEqual({ status: 'succeeded', output: 7 });
    expect(host.steps.find(({ path }) => path === 'it/a/1')).toMatchObject({ nodeId: 'it', kind: 'part', output: 7 });
    expect(host.events.find(({ stepId }) => stepId === 'it/a/1')?.data).toEqual({
      kind: 'part',
      name: 'Part one',
      nodeId: 'it',
      try: 1,
    });
    expect(host.idsOf('step-end')).toEqual(['start', 'it/a/1', 'it', 'out']);
  });

  it('tells of its failure without ending anything', async () => {
    const host = new MemoryRunHost();
    const outcome = await run(async (context) => {
      const { status, error } = await context.step(doing('a', failing(false)));
      return { output: [status, error?.code, error?.stepId] };
    }, host);
    expect(outcome).toEqual({ status: 'succeeded', output: ['failed', 'part.broken', 'it/a'] });
  });

  it('has a scope, retries and a time limit of its own', async () => {
    const host = new MemoryRunHost();
    let tries = 0;
    const outcome = await run(async (context) => {
      const retried = await context.step(
        doing('a', (inner) => (++tries < 3 ? failing(true)(inner) : { output: inner.scope.vars.item }), {
          retry: { maxAttempts: 3, backoffMs: 0 },
          scope: { ...context.scope, vars: { item: 'mine' } },
        }),
      );
      const slow = await context.step(doing('b', () => new Promise(() => undefined), { timeoutMs: 5 }));
      return { output: [retried.output, retried.tries, slow.error?.code] };
    }, host);
    expect(outcome).toEqual({ status: 'succeeded', output: ['mine', 3, 'step.timeout'] });
  });

  it('is durable before an effectful one after it starts', async () => {
    const host = new MemoryRunHost();
    const seen: boolean[] = [];
    await run(async (context) => {
      await context.step(doing('a', () => ({ output: 1 }), { effect: 'effectful' }));
      const look: CompiledNode = () => {
        seen.push(host.recorded('it/a') !== undefined);
        return { output: 2 };
      };
      await context.step(doing('b', look, { effect: 'effectful' }));
      return { output: 0 };
    }, host);
    expect(seen).toEqual([true]);
  });

  it('answers from its record in a resumed run', async () => {
    const calls: string[] = [];
    const it: CompiledNode = async (context) => {
      const outputs: unknown[] = [];
      for (const path of ['a', 'b', 'c']) {
        const act: CompiledNode = () => ({ output: (calls.push(path), path) });
        outputs.push((await context.step(doing(path, act, { effect: 'effectful' }))).output);
      }
      return { output: outputs };
    };
    for (let crashAtCommit = 1; crashAtCommit <= 5; crashAtCommit++) {
      calls.length = 0;
      const first = new MemoryRunHost({ crashAtCommit });
      await run(it, first);
      const committed = calls.filter((path) => first.recorded(`it/${path}`) !== undefined);
      const before = calls.length;
      expect(await run(it, first.resume())).toEqual({ status: 'succeeded', output: ['a', 'b', 'c'] });
      expect(calls.slice(before)).toEqual(['a', 'b', 'c'].slice(committed.length));
      expect(before - committed.length).toBeLessThanOrEqual(1);
    }
  });

  it('shares its commit with those that begin beside it', async () => {
    const host = new MemoryRunHost();
    const part = (index: number) => doing(String(index), () => ({ output: index }), { effect: 'effectful' });
    await run(async (context) => {
      await Promise.all(Array.from({ length: 50 }, (_, index) => context.step(part(index))));
      for (let index = 50; index < 55; index++) await context.step(part(index));
      return { output: 0 };
    }, host);
    expect(host.commitCount).toBeLessThanOrEqual(8);
  });

  it('is kept for the next try of the step above when it succeeded, and gets a new path when it failed', async () => {
    const host = new MemoryRunHost();
    const calls: string[] = [];
    const it: CompiledNode = async (context) => {
      const good = doing('good', () => ({ output: (calls.push('good'), 1) }));
      const bad = doing('bad', (inner) => (calls.push('bad'), calls.length < 3 ? failing(true)(inner) : { output: 2 }));
      const below = doing('below', async (inner) => ({ output: (await inner.step(good)).output }));
      const records = [await context.step(below), await context.step(bad)];
      const error = records[1]?.error;
      if (error !== undefined) throw new StepError(error);
      return { output: records.map(({ path, output }) => [path, output]) };
    };
    const outcome = await run(it, host, { retry: { maxAttempts: 3, backoffMs: 0 } });
    expect(outcome).toEqual({
      status: 'succeeded',
      output: [
        ['it/below', 1],
        ['it/bad~2', 2],
      ],
    });
    expect(calls).toEqual(['good', 'bad', 'bad']);
    const paths = host.steps.map(({ path }) => path);
    expect(paths).toEqual(['start', 'it/below/good', 'it/below', 'it/bad', 'it/bad~2', 'it', 'out']);
    await host.commit();
    expect(await run(it, host.resume(), { retry: { maxAttempts: 3, backoffMs: 0 } })).toEqual(outcome);
    expect(calls).toHaveLength(3);
  });

  it('is not run twice although the steps above it were cut off', async () => {
    const host = new MemoryRunHost();
    const calls: string[] = [];
    let tries = 0;
    const it: CompiledNode = async (context) => {
      const leaf = doing('leaf', () => ({ output: (calls.push('leaf'), 1) }));
      const isFirst = ++tries === 1;
      const middle = doing('middle', async (inner) => {
        await inner.step(leaf);
        return isFirst ? new Promise(() => undefined) : { output: 2 };
      });
      return { output: (await context.step(middle)).output };
    };
    const rest = { timeoutMs: 20, retry: { maxAttempts: 2, backoffMs: 0 } };
    expect(await run(it, host, rest)).toEqual({ status: 'succeeded', output: 2 });
    expect(calls).toEqual(['leaf']);
  });

  it('is cut off by the time limit of the step above, and told so', async () => {
    const host = new MemoryRunHost();
    let signal: AbortSignal | undefined;
    const endless: CompiledNode = (inner) => {
      signal = inner.signal;
      return new Promise(() => undefined);
    };
    const outcome = await run(async (context) => ({ output: await context.step(doing('a', endless)) }), host, {
      timeoutMs: 10,
    });
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'step.timeout', stepId: 'it' } });
    expect(signal?.aborted).toBe(true);
    expect(host.idsOf('step-end')).toEqual(['start', 'it']);
  });

  it('is not begun for a try that is over', async () => {
    const host = new MemoryRunHost();
    const begun: number[] = [];
    let tries = 0;
    const it: CompiledNode = async (context) => {
      const ofTry = ++tries;
      if (ofTry === 1) await tick(40);
      await context.step(doing(`a${ofTry}`, () => ({ output: begun.push(ofTry) })));
      await tick(60);
      return { output: ofTry };
    };
    const outcome = await run(it, host, { timeoutMs: 20, retry: { maxAttempts: 2, backoffMs: 0 } });
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'step.timeout' } });
    expect(begun).toEqual([2]);
  });

  it('counts as a step of the run', async () => {
    const host = new MemoryRunHost({ limits: { maxSteps: 50 } });
    const outcome = await run(async (context) => {
      for (let index = 0; ; index++) await context.step(doing(String(index), () => ({ output: index })));
    }, host);
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'run.limit_steps' } });
  });

  it.each([1, 50])(
    'lets others have their turn among 10,000, %d at a time, and keeps few uncommitted',
    async (width) => {
      let uncommitted = 0;
      let most = 0;
      class CountingHost extends MemoryRunHost {
        override record(step: Parameters<MemoryRunHost['record']>[0]): void {
          most = Math.max(most, ++uncommitted);
          super.record(step);
        }
        override async commit(): Promise<void> {
          const before = uncommitted;
          await super.commit();
          uncommitted -= before;
        }
      }
      const host = new CountingHost({ commitMs: 1, limits: { maxSteps: 20_000 } });
      const tenThousand: CompiledNode = async (context) => {
        let next = 0;
        const work = async (): Promise<void> => {
          while (next < 10_000) await context.step(doing(String(next++), () => ({ output: 'x'.repeat(100) })));
        };
        await Promise.all(Array.from({ length: width }, work));
        return { output: next };
      };
      let outcome: RunOutcome | undefined;
      const longestMs = await longestTurnMs(async () => (outcome = await run(tenThousand, host)));
      expect(outcome).toEqual({ status: 'succeeded', output: 10_000 });
      expect(most).toBeLessThan(700);
      expect(longestMs).toBeLessThan(200);
    },
  );
});
