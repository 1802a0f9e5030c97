/** Real: the database (Postgres where TEST_DATABASE_URL names one, embedded otherwise), starts, journal and rate limits. The queue keeps what it is given. */
import { TestDatabase } from '../../platform/src/testing/test-database.js';
import { TestOrg } from '../../executions/src/testing/test-org.js';
import { edges, node } from '../../kernel/src/testing/index.js';
import { SchedulesReadModel } from './schedules/schedules.read-model.js';
import { SchedulesService } from './schedules/schedules.service.js';
import { standardMessage } from './testing/signed-message.js';
import { startTriggersTestProcess, type TriggersTestProcess } from './testing/triggers-test-process.js';
import { WebhookReception } from './webhooks/webhook-reception.js';
import { WebhooksReadModel } from './webhooks/webhooks.read-model.js';
import { WebhooksService } from './webhooks/webhooks.service.js';

const RUNS_PER_MINUTE = 2;

let testDatabase: TestDatabase;
let one: TriggersTestProcess;
let org: TestOrg;

beforeAll(async () => {
  testDatabase = await TestDatabase.create();
  one = await startTriggersTestProcess(testDatabase, RUNS_PER_MINUTE);
});

afterAll(async () => {
  await one.process.stop();
  await testDatabase.drop();
});

beforeEach(async () => {
  org = await TestOrg.create(one.process, {
    nodes: [node('start', 'start'), node('output', 'output', { expression: 'input' })],
    edges: edges('start > output'),
  });
});

/** Sends a signed message with this id to a webhook of the organisation. */
async function webhook(): Promise<(id: string) => Promise<string>> {
  const { id, secret } = await org.as(() =>
    one.process.get(WebhooksService).create({
      agentId: org.agentId,
      version: null,
      name: 'New issues',
      verification: 'standard-webhooks',
      signatureHeader: null,
      timestampHeader: null,
      inputExpression: null,
      enabled: true,
    }),
  );
  const { token } = await org.as(() => one.process.get(WebhooksReadModel).get(id));
  return (messageId) =>
    one.process.get(WebhookReception).receive({ ...standardMessage({ secret, id: messageId }), token });
}

const countRuns = async (): Promise<number> => {
  const [row] = await one.process.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM execution WHERE org_id = $1`,
    [org.id],
  );
  return row?.count ?? 0;
};

describe('Runs that start by themselves', () => {
  it('are as many in a minute as the plan allows: a message too many is refused until then, a repeated one is not', async () => {
    const send = await webhook();
    const first = await send('1');
    await send('2');
    await expect(send('3')).rejects.toMatchObject({
      kind: 'limited',
      code: 'rate_limit.requests',
      retryAfterSeconds: expect.any(Number),
    });
    expect(await send('1')).toBe(first);
    expect(await countRuns()).toBe(RUNS_PER_MINUTE);
  });

  it('share that with schedules, whose slot waits for the next minute', async () => {
    const send = await webhook();
    await send('1');
    await send('2');
    const timing = { version: null, name: 'Report', cron: '* * * * *', timeZone: 'UTC', input: {}, enabled: true };
    const { id } = await org.as(() => one.process.get(SchedulesService).create({ ...timing, agentId: org.agentId }));
    const slot = new Date(Math.floor(Date.now() / 60_000) * 60_000);
    const isDue = (): Promise<unknown> =>
      one.process.query(`UPDATE schedule SET next_at = $2, claimed_until = NULL WHERE id = $1 RETURNING id`, [
        id,
        slot,
      ]);
    await isDue();
    await one.scheduler.round();
    expect(await org.as(() => one.process.get(SchedulesReadModel).get(id))).toMatchObject({
      nextAt: slot,
      failure: { code: 'rate_limit.requests' },
    });
    await one.process.query(`UPDATE rate_window SET ends_at = clock_timestamp() WHERE org_id = $1 RETURNING org_id`, [
      org.id,
    ]);
    await isDue();
    await one.scheduler.round();
    expect(await countRuns()).toBe(RUNS_PER_MINUTE + 1);
  });
});
