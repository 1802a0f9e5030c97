/** Real: the database (Postgres where TEST_DATABASE_URL names one, embedded otherwise), starts and journal. The queue keeps what it is given. */
import { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { TestOrg } from '../../../executions/src/testing/test-org.js';
import { edges, node } from '../../../kernel/src/testing/index.js';
import { flippedBodies, hmacMessage, HMAC_SECRET, standardMessage, withHeader } from '../testing/signed-message.js';
import { startTriggersTestProcess, type TriggersTestProcess } from '../testing/triggers-test-process.js';
import type { IncomingMessage } from './incoming-message.js';
import { WebhookDeliveriesRepository } from './webhook-deliveries.repository.js';
import { WebhookReception } from './webhook-reception.js';
import { WebhooksReadModel } from './webhooks.read-model.js';
import { type NewWebhook, WebhooksService } from './webhooks.service.js';

const TEXT = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] };

let testDatabase: TestDatabase;
let one: TriggersTestProcess;
let org: TestOrg;

beforeAll(async () => {
  testDatabase = await TestDatabase.create();
  one = await startTriggersTestProcess(testDatabase);
});

afterAll(async () => {
  await one.process.stop();
  await testDatabase.drop();
});

beforeEach(async () => {
  org = await TestOrg.create(one.process, {
    nodes: [node('start', 'start', { schema: TEXT }), node('output', 'output', { expression: 'input' })],
    edges: edges('start > output'),
  });
});

interface Made {
  readonly id: string;
  readonly secret: string;
  readonly token: string;
}

async function newWebhook(values: Partial<NewWebhook> = {}): Promise<Made> {
  return org.as(async () => {
    const made = await one.process.get(WebhooksService).create({
      agentId: org.agentId,
      version: null,
      name: 'New issues',
      verification: 'standard-webhooks',
      signatureHeader: null,
      timestampHeader: null,
      inputExpression: null,
      enabled: true,
      ...values,
    });
    return { ...made, token: (await one.process.get(WebhooksReadModel).get(made.id)).token };
  });
}

const receive = (message: IncomingMessage, { token }: Pick<Made, 'token'>): Promise<string> =>
  one.process.get(WebhookReception).receive({ ...message, token });

const query = <R>(sql: string, parameters: unknown[] = []): Promise<R[]> => one.process.query<R>(sql, parameters);
const runsOf = (id: string) =>
  query<{ id: string; trigger: string; input: unknown; name: string; userId: string | null }>(
    `SELECT id, trigger, input, trigger_name AS "name", created_by_user_id AS "userId" FROM execution WHERE trigger_id = $1`,
    [id],
  );
const deliveriesOf = (id: string) =>
  org.as(async () => (await one.process.get(WebhooksReadModel).deliveries(id, { limit: 100 })).data);

describe('A webhook', () => {
  it('starts a run for a signed message, as nobody, with its body as input', async () => {
    const webhook = await newWebhook();
    const executionId = await receive(standardMessage({ secret: webhook.secret }), webhook);
    expect(await runsOf(webhook.id)).toEqual([
      { id: executionId, trigger: 'webhook', input: { text: 'Hello' }, name: 'New issues', userId: null },
    ]);
    expect(await deliveriesOf(webhook.id)).toMatchObject([
      { messageId: 'msg_1', outcome: 'accepted', executionId, repeated: 0, failure: null },
    ]);
  });

  it('keeps its secret sealed: no row holds it', async () => {
    const { id, secret } = await newWebhook();
    const [row] = await query<{ text: string; sealed: string }>(
      `SELECT w::text AS text, sealed_secret AS sealed FROM webhook w WHERE id = $1`,
      [id],
    );
    expect(row?.text).not.toContain(secret.slice('whsec_'.length));
    expect(row?.sealed).toMatch(/^v1\.[0-9a-f]{8}\./);
  });

  it('starts one run for ten identical messages side by side, and answers each with it', async () => {
    for (const [webhook, message] of [
      [await newWebhook(), null],
      [await newWebhook({ verification: 'hmac-sha256', secret: HMAC_SECRET }), hmacMessage()],
    ] as const) {
      const same = message ?? standardMessage({ secret: webhook.secret });
      const answers = await Promise.all(Array.from({ length: 10 }, () => receive(same, webhook)));
      expect(new Set(answers).size).toBe(1);
      expect(await receive(same, webhook)).toBe(answers[0]);
      expect(await runsOf(webhook.id)).toHaveLength(1);
      expect(await deliveriesOf(webhook.id)).toMatchObject([{ outcome: 'accepted', repeated: 10 }]);
    }
  });

  it('knows a repetition when the idempotency key has long expired', async () => {
    const webhook = await newWebhook();
    const message = standardMessage({ secret: webhook.secret });
    const executionId = await receive(message, webhook);
    await query(`DELETE FROM idempotency_key WHERE org_id = $1 RETURNING key`, [org.id]);
    expect(await receive(message, webhook)).toBe(executionId);
    expect(await runsOf(webhook.id)).toHaveLength(1);
  });

  it('refuses another body under an id that was used', async () => {
    const webhook = await newWebhook();
    await receive(standardMessage({ secret: webhook.secret }), webhook);
    await expect(
      receive(standardMessage({ secret: webhook.secret, body: '{"text":"Other"}' }), webhook),
    ).rejects.toMatchObject({ kind: 'conflict', code: 'webhook.message_reused' });
    expect(await runsOf(webhook.id)).toHaveLength(1);
  });

  it('keeps nothing of a message that does not prove its sender', async () => {
    const webhook = await newWebhook();
    const other = await newWebhook();
    const message = standardMessage({ secret: webhook.secret });
    const wrong = [
      ...flippedBodies(message).slice(0, 3),
      withHeader(message, 'webhook-signature', null),
      withHeader(message, 'webhook-id', 'msg_2'),
      standardMessage({ secret: other.secret }),
      standardMessage({ secret: webhook.secret, ageSeconds: 301 }),
      { ...message, body: Buffer.from(JSON.stringify(JSON.parse(message.body.toString()), null, 1)) },
      hmacMessage(),
    ];
    for (const each of wrong) {
      await expect(receive(each, webhook)).rejects.toMatchObject({
        kind: 'unauthenticated',
        code: 'webhook.not_verified',
      });
    }
    expect([await runsOf(webhook.id), await deliveriesOf(webhook.id)]).toEqual([[], []]);
  });

  it('lets nobody in when its secret is gone or belongs to another webhook', async () => {
    const [webhook, other] = [await newWebhook(), await newWebhook()];
    const message = standardMessage({ secret: other.secret });
    await query(
      `UPDATE webhook SET sealed_secret = (SELECT sealed_secret FROM webhook WHERE id = $2) WHERE id = $1 RETURNING id`,
      [webhook.id, other.id],
    );
    await expect(receive(message, webhook)).rejects.toMatchObject({ code: 'webhook.not_verified' });
    await query(`UPDATE webhook SET sealed_secret = '' WHERE id = $1 RETURNING id`, [webhook.id]);
    await expect(receive(message, webhook)).rejects.toMatchObject({ code: 'webhook.not_verified' });
    expect(await runsOf(webhook.id)).toEqual([]);
  });

  it('is not there for an address that nobody was given', async () => {
    const { token } = await newWebhook();
    for (const wrong of ['', 'x', token.slice(1), `${token}x`, token.toUpperCase(), 'x'.repeat(32), `${token}%`]) {
      await expect(receive(standardMessage(), { token: wrong })).rejects.toMatchObject({
        kind: 'not_found',
        code: 'route.not_found',
      });
    }
  });

  it('says what it refuses of a verified message, logs it, and takes it later', async () => {
    const webhook = await newWebhook();
    const message = standardMessage({ secret: webhook.secret, body: '["no object"]' });
    await expect(receive(message, webhook)).rejects.toMatchObject({ kind: 'invalid', code: 'execution.invalid_input' });
    await org.as(() => one.process.get(WebhooksService).update(webhook.id, { enabled: false }));
    await expect(receive(message, webhook)).rejects.toMatchObject({ code: 'webhook.paused' });
    expect(await deliveriesOf(webhook.id)).toMatchObject([
      { outcome: 'refused', repeated: 1, executionId: null, failure: { code: 'webhook.paused' } },
    ]);
    await org.as(() =>
      one.process.get(WebhooksService).update(webhook.id, { enabled: true, inputExpression: '{ "text": body[0] }' }),
    );
    const executionId = await receive(message, webhook);
    expect(await runsOf(webhook.id)).toMatchObject([{ id: executionId, input: { text: 'no object' } }]);
    expect(await deliveriesOf(webhook.id)).toMatchObject([{ outcome: 'accepted', executionId, failure: null }]);
  });

  it('with a new secret knows the old one no more', async () => {
    const webhook = await newWebhook();
    const { secret } = await org.as(() => one.process.get(WebhooksService).rotateSecret(webhook.id));
    await expect(receive(standardMessage({ secret: webhook.secret }), webhook)).rejects.toMatchObject({
      code: 'webhook.not_verified',
    });
    expect(await receive(standardMessage({ secret }), webhook)).toBeTruthy();
  });

  it('bounds its messages to 600 a minute, whoever sends them', async () => {
    const webhook = await newWebhook();
    const message = withHeader(standardMessage({ secret: webhook.secret }), 'webhook-signature', null);
    for (let count = 0; count < 600; count += 1) {
      await expect(receive(message, webhook)).rejects.toMatchObject({ kind: 'unauthenticated' });
    }
    await expect(receive(standardMessage({ secret: webhook.secret }), webhook)).rejects.toMatchObject({
      kind: 'limited',
      retryAfterSeconds: expect.any(Number),
    });
  });

  it('forgets old deliveries whose messages are too old to come again, and no others', async () => {
    const [timed, untimed] = [
      await newWebhook(),
      await newWebhook({ verification: 'hmac-sha256', secret: HMAC_SECRET }),
    ];
    await receive(standardMessage({ secret: timed.secret, id: 'old' }), timed);
    await receive(hmacMessage(), untimed);
    await query(`UPDATE webhook_delivery SET created_at = now() - interval '31 days' WHERE org_id = $1 RETURNING id`, [
      org.id,
    ]);
    await receive(standardMessage({ secret: timed.secret, id: 'new' }), timed);
    await one.process.get(WebhookDeliveriesRepository).deleteOld();
    expect(await deliveriesOf(timed.id)).toMatchObject([{ messageId: 'new' }]);
    expect(await deliveriesOf(untimed.id)).toHaveLength(1);
  });
});
