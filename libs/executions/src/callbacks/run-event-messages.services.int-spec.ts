/** Real: Postgres and PGlite, journal, runs, the way out, signatures. Fake: queue, steps' outside world. */
import { Webhook } from 'standardwebhooks';
import type { Graph } from '#kernel';
import { newId } from '#platform/ids';
import { EndpointDeliveries, type EventType } from '#webhooks';
import { node } from '../../../kernel/src/testing/index.js';
import { eventually } from '../../../platform/src/testing/eventually.js';
import { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { MessageReceiver } from '../../../webhooks/src/testing/message-receiver.js';
import { newTestEndpoint } from '../../../webhooks/src/testing/new-endpoint.js';
import type { JournalEntry } from '../journal/journal-entry.js';
import { Journal } from '../journal/journal.js';
import type { FinalStatus } from '../execution-status.js';
import { ExecutionsService } from '../executions.service.js';
import { ExecutionsTestProcess } from '../testing/executions-test-process.js';
import { TestOrg } from '../testing/test-org.js';

const APPROVAL: Graph = {
  nodes: [
    node('start', 'start'),
    node('ask', 'approval', { title: 'Refund?', payload: 'input' }),
    node('output', 'output', { expression: 'steps.ask' }),
  ],
  edges: [
    { from: 'start', to: 'ask' },
    { from: 'ask', to: 'output', port: 'approved' },
    { from: 'ask', to: 'output', port: 'rejected' },
    { from: 'ask', to: 'output', port: 'timeout' },
  ],
};

interface Told {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

describe.each(['postgres', 'embedded'] as const)('What endpoints are told of runs, on %s', (kind) => {
  let testDatabase: TestDatabase;
  let process: ExecutionsTestProcess;
  let receiver: MessageReceiver;
  let org: TestOrg;

  beforeAll(async () => {
    testDatabase = await TestDatabase.create(kind);
    process = await ExecutionsTestProcess.start(testDatabase, { environment: { EGRESS_ALLOW_CIDRS: '127.0.0.1/32' } });
  });

  beforeEach(async () => {
    receiver = await MessageReceiver.start();
    org = await TestOrg.create(process);
  });

  afterEach(() => receiver.stop());

  afterAll(async () => {
    await process.stop();
    await testDatabase.drop();
  });

  const endpoint = (...events: EventType[]): Promise<string> =>
    org.as(() => newTestEndpoint(process, receiver.url, events));

  function ended(
    status: FinalStatus,
    values: Partial<ReturnType<TestOrg['row']>> = {},
    outputJson = '"done"',
  ): JournalEntry {
    return {
      executionId: newId(),
      attempt: 1,
      accept: org.row({ metadataJson: '{"order":7}', ...values }),
      finish: {
        status,
        outputJson,
        errorJson: null,
        usageJson: '{"inputTokens":1,"outputTokens":2,"cachedInputTokens":0,"costMicroUsd":0}',
        lastSeq: 0,
        finishedAt: Date.now(),
      },
      steps: [],
      logs: [],
    };
  }

  async function told(): Promise<Told[]> {
    const deliveries = process.get(EndpointDeliveries);
    await deliveries.round();
    await deliveries.idle();
    return receiver.received.map(({ body }) => JSON.parse(body) as Told);
  }

  it('is each end that somebody wants to know, in the commit of the run, once and signed', async () => {
    const secret = await endpoint('execution.succeeded', 'execution.failed');
    const entries = (['succeeded', 'failed', 'timed_out', 'cancelled'] as const).map((status) => ended(status));
    await Promise.all(entries.map((entry) => process.get(Journal).write(entry)));
    const messages = await told();
    expect(messages.map(({ type, data }) => `${type} ${String(data['status'])}`).sort()).toEqual([
      'execution.failed failed',
      'execution.failed timed_out',
      'execution.succeeded succeeded',
    ]);
    for (const { body, headers } of receiver.received) {
      expect(() => new Webhook(secret).verify(body, headers as Record<string, string>)).not.toThrow();
    }
    const succeeded = messages.find(({ type }) => type === 'execution.succeeded');
    expect(succeeded?.data).toMatchObject({
      id: entries[0]?.executionId,
      agentId: org.agentId,
      trigger: 'api',
      output: 'done',
      usage: { inputTokens: 1 },
      metadata: { order: 7 },
    });
    expect(await told()).toHaveLength(3);
  });

  it('is the end of a run that was accepted earlier, and nothing when its attempt may not write any more', async () => {
    await endpoint('execution.succeeded');
    const { accept, ...end } = ended('succeeded');
    const start: JournalEntry = {
      executionId: end.executionId,
      attempt: 1,
      steps: [],
      logs: [],
      ...(accept && { accept }),
    };
    await process.get(Journal).write(start);
    await process.query(`UPDATE execution SET attempt = 2 WHERE id = $1 RETURNING id`, [end.executionId]);
    await expect(process.get(Journal).write(end)).rejects.toThrow();
    expect(await told()).toEqual([]);
    await process.get(Journal).write({ ...end, attempt: 2 });
    expect((await told()).map(({ data }) => data['id'])).toEqual([end.executionId]);
  });

  it('says where an output is that is too long, and nothing of runs below a step or of another organisation', async () => {
    await endpoint('execution.succeeded');
    const top = ended('succeeded', {}, JSON.stringify('x'.repeat(20_000)));
    await process.get(Journal).write(top);
    const parent = { executionId: top.executionId, path: 'map', depth: 1 };
    await process.get(Journal).write(ended('succeeded', { parent }));
    const stranger = await TestOrg.create(process);
    await process.get(Journal).write({ ...ended('succeeded'), accept: stranger.row() });
    const messages = await told();
    expect(messages).toHaveLength(1);
    expect(messages[0]?.data).toMatchObject({
      output: null,
      outputOmitted: { bytes: 20_002, path: `/api/v1/executions/${top.executionId}` },
    });
  });

  it('is an approval that a person is asked for, as soon as the run waits', async () => {
    await endpoint('execution.waiting', 'execution.succeeded');
    const agentId = await org.addAgent(process, APPROVAL);
    const { executionId, live } = await org.as(() =>
      process.get(ExecutionsService).start({ agentId, input: {}, mode: 'interactive', trigger: 'api' }),
    );
    await live?.ended;
    await eventually(async () => (await told()).length === 1);
    expect((await told())[0]).toMatchObject({
      type: 'execution.waiting',
      data: { id: executionId, agentId, status: 'waiting', wait: { kind: 'approval', title: 'Refund?', path: 'ask' } },
    });
  });

  it('goes with its run', async () => {
    await endpoint('execution.succeeded');
    const entry = ended('succeeded');
    await process.get(Journal).write(entry);
    await process.query('DELETE FROM execution WHERE id = $1', [entry.executionId]);
    expect(await process.query('SELECT 1 FROM endpoint_delivery WHERE execution_id = $1', [entry.executionId])).toEqual(
      [],
    );
    expect(await told()).toEqual([]);
  });
});
