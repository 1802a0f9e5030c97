/** Real: Postgres, migrations, starts, journal, takeover, waits. Fake: the outside world, whose "model" keeps a record of each call as real ones do, and the queue. */
import { type Graph, StepError, type Usage } from '#kernel';
import { edges, FakeStepServices, node } from '../../../kernel/src/testing/index.js';
import { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { currentRun } from '../current-run.js';
import { ExecutionsQueries } from '../executions.queries.js';
import { testCall } from '../testing/call-record.factory.js';
import { ExecutionsTestProcess } from '../testing/executions-test-process.js';
import { TestOrg } from '../testing/test-org.js';
import { readRun, startRun, takeRun } from '../testing/test-runs.js';
import { WaitAnswers } from '../waits/wait-answers.js';
import { WaitsReadModel } from '../waits/waits.read-model.js';

const asking: Graph = {
  nodes: [
    node('start', 'start'),
    node(
      'ask',
      'llm',
      { model: 'paid/model', prompt: 'Hi' },
      { retry: { maxAttempts: 2, backoffMs: 0 }, timeoutMs: 50 },
    ),
    node('output', 'output', { expression: 'steps.ask.text' }),
  ],
  edges: edges('start > ask > output'),
};

let testDatabase: TestDatabase;
let process: ExecutionsTestProcess;
/** What the calls of this test end with, one after the other. */
let ends: ((signal: AbortSignal) => Promise<{ text: string }>)[] = [];

const outside = new FakeStepServices({
  generate: async (_request, { signal }) => {
    const run = currentRun();
    const callIsOver = run.beginCall();
    try {
      return await (ends.shift() ?? (() => Promise.resolve({ text: 'Hello' })))(signal);
    } finally {
      run.recordCall(testCall({ inputTokens: 100, outputTokens: 20, costMicroUsd: 300 }));
      callIsOver();
    }
  },
});

beforeAll(async () => {
  testDatabase = await TestDatabase.create();
  process = await ExecutionsTestProcess.start(testDatabase, { outside });
});

afterAll(async () => {
  await process.stop();
  await testDatabase.drop();
});

const start = async (org: TestOrg): Promise<string> => {
  const id = await startRun(process, org);
  await take(org, id);
  return id;
};
const take = (org: TestOrg, id: string): Promise<boolean> => takeRun(process, org, id);
const read = (org: TestOrg, id: string): ReturnType<typeof readRun> => readRun(process, org, id);
const calls = (count: number): Partial<Usage> => ({
  inputTokens: 100 * count,
  outputTokens: 20 * count,
  costMicroUsd: 300 * count,
});

/** A call that goes on until it is cut off. */
const endless = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
const limited = (retryAfterMs: number) => (): Promise<never> =>
  Promise.reject(new StepError({ code: 'provider.rate_limited', message: 'Later.', retryable: true, retryAfterMs }));

describe('What a run has used', () => {
  it('has the calls in it that a time limit has cut off', async () => {
    const org = await TestOrg.create(process, asking);
    ends = [endless];
    expect(await read(org, await start(org))).toMatchObject({ status: 'succeeded', usage: calls(2) });
    ends = [endless, endless];
    expect(await read(org, await start(org))).toMatchObject({
      status: 'failed',
      error: { code: 'step.timeout' },
      usage: calls(2),
    });
  });

  it('has the calls of earlier attempts in it, whose step slept until its provider had time', async () => {
    const org = await TestOrg.create(process, asking);
    ends = [limited(600_000)];
    const id = await start(org);
    expect(await read(org, id)).toMatchObject({ status: 'waiting', usage: calls(1) });
    const [wait] = await org.as(() => process.get(WaitsReadModel).ofExecution(id));
    expect(wait).toMatchObject({ kind: 'timer', path: 'ask', state: 'open' });
    expect((wait?.dueAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(590_000);

    await process.query(`UPDATE wait SET due_at = now() WHERE execution_id = $1 RETURNING id`, [id]);
    await org.as(() => process.get(WaitAnswers).dueOf(id));
    expect(await take(org, id)).toBe(true);
    expect(await read(org, id)).toMatchObject({ status: 'succeeded', output: 'Hello', usage: calls(2) });
    const { data } = await org.as(() => process.get(ExecutionsQueries).events(id, 0));
    const ofStep = data.filter(({ stepId, type }) => stepId === 'ask' && type !== 'text-delta');
    expect(ofStep.map(({ type }) => type)).toEqual([
      ...['step-start', 'step-retry', 'wait-start', 'wait-end', 'step-start', 'step-end'],
    ]);
    expect(ofStep.at(-1)?.data).toMatchObject({ tries: 2 });
    const resume = data.find(({ type }) => type === 'execution-resume');
    const { queuedAt } = resume?.data as { queuedAt: string };
    expect(Date.parse(queuedAt)).toBeLessThanOrEqual(Date.parse(resume?.at ?? ''));
  });
});
