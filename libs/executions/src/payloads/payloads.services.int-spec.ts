/** Real: Postgres and PGlite, migrations, tenancy, journal, kernel with its kinds; two "processes" on one database. Fake: outside world and queue. */
import type { Graph } from '#kernel';
import { edges, FakeStepServices, node } from '../../../kernel/src/testing/index.js';
import { eventually } from '../../../platform/src/testing/eventually.js';
import { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { ExecutionControl } from '../execution-control.js';
import { ExecutionsQueries } from '../executions.queries.js';
import { StepsQuery } from '../dto/steps-query.dto.js';
import { StepsQueries } from '../steps.queries.js';
import { ExecutionsTestProcess } from '../testing/executions-test-process.js';
import { TestOrg } from '../testing/test-org.js';
import { readRun, startRun, takeRun } from '../testing/test-runs.js';
import { WaitAnswers } from '../waits/wait-answers.js';
import { PayloadsRepository } from './payloads.repository.js';

const LARGE = 'ü'.repeat(100_000);
const LARGE_JSON_BYTES = 200_002;

/** What an address says: something large, or the failure of the day. */
class Outside {
  fails = false;
  body: unknown = LARGE;
  readonly services = new FakeStepServices({
    http: ({ url }) => {
      if (this.fails && url.endsWith('/second')) return Promise.reject(new Error('down'));
      return { body: url.endsWith('/first') ? this.body : { ok: true } };
    },
  });
}

const lengthOfFirst: Graph = {
  nodes: [
    node('start', 'start'),
    node('first', 'http', { method: 'GET', url: 'https://example.org/first' }),
    node('second', 'http', { method: 'GET', url: 'https://example.org/second' }),
    node('output', 'output', { expression: '{ "length": $length(steps.first.body), "body": steps.first.body }' }),
  ],
  edges: edges('start > first > second > output'),
};

const echo: Graph = {
  nodes: [node('start', 'start'), node('output', 'output', { expression: 'input' })],
  edges: edges('start > output'),
};

const awaitsNews: Graph = {
  nodes: [
    node('start', 'start'),
    node('news', 'wait-for-event', { event: 'news' }),
    node('output', 'output', { expression: '$length(steps.news.text)' }),
  ],
  edges: edges('start > news > output'),
};

const repeats = (count: number): Graph => ({
  nodes: [
    node('start', 'start'),
    node('all', 'map', {
      items: `[1..${count}]`,
      node: {
        kind: 'transform',
        config: {
          expression:
            '{ "size": $length(input.text & $string(vars.item)), "text": input.text & $string(vars.item) }.text',
        },
      },
      onError: 'keep',
    }),
    node('output', 'output', { expression: '1' }),
  ],
  edges: edges('start > all > output'),
});

describe.each(['postgres', 'embedded'] as const)('Large values on %s', (kind) => {
  let testDatabase: TestDatabase;
  let here: ExecutionsTestProcess;
  const outside = new Outside();

  beforeAll(async () => {
    testDatabase = await TestDatabase.create(kind);
    here = await ExecutionsTestProcess.start(testDatabase, {
      outside: outside.services,
      environment: { LEASE_MS: '60000', DRAIN_MS: '0' },
    });
  });

  afterAll(async () => {
    await here.stop();
    await testDatabase.drop();
  });

  const start = (org: TestOrg, input: unknown = {}): Promise<string> => startRun(here, org, { input });
  const take = (org: TestOrg, id: string): Promise<boolean> => takeRun(here, org, id);
  const read = (org: TestOrg, id: string): ReturnType<typeof readRun> => readRun(here, org, id);
  const stepsOf = async (org: TestOrg, id: string) =>
    (await org.as(() => here.get(StepsQueries).page(id, new StepsQuery()))).data;
  const stored = (org: TestOrg, id: string, hash: string) => org.as(() => here.get(PayloadsRepository).find(id, hash));
  const payloadsOf = (org: TestOrg): Promise<{ hash: string; bytes: number }[]> =>
    here.query(`SELECT hash, bytes FROM payload WHERE org_id = $1`, [org.id]);

  it('are kept once for step, event and run, which carry how they begin', async () => {
    const org = await TestOrg.create(here, lengthOfFirst);
    const id = await start(org);
    await take(org, id);
    const run = await read(org, id);
    expect(run).toMatchObject({ status: 'succeeded', output: null });
    expect(run.large?.output?.preview).toMatch(/^\{"length":100000,"body":"ü+$/);
    const first = (await stepsOf(org, id)).find(({ path }) => path === 'first');
    expect(first).toMatchObject({ output: null, error: null });
    const events = (await org.as(() => here.get(ExecutionsQueries).events(id, 0))).data;
    const end = events.find(({ type, stepId }) => type === 'step-end' && stepId === 'first');
    expect(end?.data).toMatchObject({ output: null, large: { output: first?.large?.output } });
    expect(JSON.stringify(events).length).toBeLessThan(20_000);
    // The output of the first step, and that of the run, which is that of the last step.
    expect(await payloadsOf(org)).toHaveLength(2);
    const whole = await stored(org, id, run.large?.output?.hash ?? '');
    expect(JSON.parse(whole?.content ?? '')).toEqual({ length: 100_000, body: LARGE });
  });

  it('are kept once for the runs of an organisation, and apart from those of another one', async () => {
    const [one, other] = [await TestOrg.create(here, echo), await TestOrg.create(here, echo)];
    const ids = [
      await start(one, { text: LARGE }),
      await start(one, { text: LARGE }),
      await start(other, { text: LARGE }),
    ];
    await take(one, ids[0] as string);
    await take(one, ids[1] as string);
    await take(other, ids[2] as string);
    expect(await payloadsOf(one)).toHaveLength(1);
    expect(await payloadsOf(other)).toHaveLength(1);
    expect(await read(one, ids[1] as string)).toMatchObject({
      status: 'succeeded',
      input: null,
      large: { input: { bytes: LARGE_JSON_BYTES + 9 }, output: { bytes: LARGE_JSON_BYTES + 9 } },
    });
  });

  it('open for the run that refers to them and nobody else', async () => {
    const [mine, theirs] = [await TestOrg.create(here, echo), await TestOrg.create(here, echo)];
    const id = await start(mine, { text: LARGE });
    const small = await start(mine, { text: 'small' });
    const foreign = await start(theirs, { text: `${LARGE}!` });
    const hash = (await read(mine, id)).large?.input?.hash ?? '';
    const foreignHash = (await read(theirs, foreign)).large?.input?.hash ?? '';
    expect(await stored(mine, id, hash)).not.toBeNull();
    expect(await stored(mine, small, hash)).toBeNull();
    expect(await stored(mine, id, foreignHash)).toBeNull();
    expect(await stored(mine, foreign, foreignHash)).toBeNull();
    expect(await stored(theirs, id, hash)).toBeNull();
    expect(await stored(mine, id, 'f'.repeat(64))).toBeNull();
  });

  it('cannot be forged: what looks like a reference in an input stays what it is', async () => {
    const org = await TestOrg.create(here, echo);
    const known = await start(org, { text: LARGE });
    const reference = (await read(org, known)).large?.input;
    const input = { text: null, large: { output: reference, text: reference }, $payload: reference };
    const id = await start(org, input);
    await take(org, id);
    expect(await read(org, id)).toMatchObject({ status: 'succeeded', input, output: input, large: null });
    expect(await stored(org, id, reference?.hash ?? '')).toBeNull();
  });

  it('come back whole for the process that takes a run over, and for a retry, which does not read them', async () => {
    const org = await TestOrg.create(here, lengthOfFirst);
    const id = await start(org, { text: LARGE });
    outside.fails = true;
    await take(org, id);
    outside.fails = false;
    expect((await read(org, id)).status).toBe('failed');
    const retried = await org.as(() => here.get(ExecutionControl).retry(id));
    // As if its process had died instead of failing.
    await here.query(`UPDATE execution SET status = 'queued', error = NULL WHERE id = $1 RETURNING id`, [id]);
    await here.query(`DELETE FROM execution_step WHERE execution_id = $1 AND path = 'second' RETURNING path`, [id]);
    const calls = outside.services.httpCalls.length;
    for (const each of [id, retried]) {
      await take(org, each);
      const run = await read(org, each);
      expect(run.status).toBe('succeeded');
      expect(run.large?.output?.preview).toMatch(/^\{"length":100000,"body":"ü+$/);
      expect(await stored(org, each, run.large?.input?.hash ?? '')).not.toBeNull();
    }
    const urls = outside.services.httpCalls.slice(calls).map(({ request }) => request.url);
    expect(urls).toEqual(['https://example.org/second', 'https://example.org/second']);
  });

  it('go up from a run to the one that waits for it, which has them as its own', async () => {
    const org = await TestOrg.create(here, echo);
    const parent = await org.addAgent(here, {
      nodes: [
        node('start', 'start'),
        node('other', 'sub-agent', { agentId: org.agentId, input: 'input' }),
        node('output', 'output', { expression: '$length(steps.other.text)' }),
      ],
      edges: edges('start > other > output'),
    });
    const id = await start(Object.assign(org, { agentId: parent }), { text: LARGE });
    await take(org, id);
    let child: string | undefined;
    await eventually(async () => {
      [{ id: child } = { id: undefined }] = await here.query<{ id?: string }>(
        `SELECT id FROM execution WHERE parent_id = $1`,
        [id],
      );
      return child !== undefined;
    });
    await take(org, child as string);
    await eventually(async () => (await read(org, id)).status === 'queued');
    // The child and what it kept may be gone before its parent goes on.
    await here.query(`DELETE FROM execution_payload WHERE execution_id = $1 RETURNING hash`, [child]);
    await take(org, id);
    expect(await read(org, id)).toMatchObject({ status: 'succeeded', output: 100_000 });
  });

  it('may come with an event from outside', async () => {
    const org = await TestOrg.create(here, awaitsNews);
    const id = await start(org);
    await take(org, id);
    const answer = { decision: 'received', data: { text: LARGE } };
    expect(await org.as(() => here.get(WaitAnswers).receive('news', null, answer, null))).toBe(1);
    await take(org, id);
    expect(await read(org, id)).toMatchObject({ status: 'succeeded', output: 100_000 });
  });

  it('of fifty megabytes together are stored in several commits, and the run ends', async () => {
    const org = await TestOrg.create(here, repeats(50));
    const id = await start(org, { text: 'x'.repeat(1_000_000) });
    await take(org, id);
    const run = await read(org, id);
    // Their list is over the limit of one step, which ends the step and not the process.
    expect(run).toMatchObject({ status: 'failed', error: { code: 'map.output_too_large' } });
    expect((await payloadsOf(org)).length).toBeGreaterThan(5);
  });

  it('beyond what a run may keep end it as a limit, with its last event', async () => {
    const chain = Array.from({ length: 40 }, (_, index) => `t${index}`);
    const org = await TestOrg.create(here, {
      nodes: [
        node('start', 'start'),
        ...chain.map((id, index) => node(id, 'transform', { expression: `$pad("${index}", 4000000, "x")` })),
        node('output', 'output', { expression: '1' }),
      ],
      edges: edges(`start > ${chain.join(' > ')} > output`),
    });
    const id = await start(org);
    await take(org, id);
    const run = await read(org, id);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'run.limit_kept_bytes', retryable: false } });
    const { data } = await org.as(() => here.get(ExecutionsQueries).events(id, run.lastSeq - 1));
    expect(data.map(({ type }) => type)).toEqual(['execution-end']);
  });
});
