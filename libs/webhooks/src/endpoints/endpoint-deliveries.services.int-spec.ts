/** Real: Postgres, the way out, signatures; two "processes" on one database, their rounds called by hand. Fake: mail. */
import { Webhook } from 'standardwebhooks';
import { OrgDatabase } from '#tenancy';
import { newId } from '#platform/ids';
import { eventually } from '../../../platform/src/testing/eventually.js';
import { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { MessageReceiver, type ReceivedMessage } from '../testing/message-receiver.js';
import { type TestOwner, WebhooksTestProcess } from '../testing/webhooks-test-process.js';
import { DisabledNotices } from './disabled-notices.js';
import { EndpointDeliveries } from './endpoint-deliveries.js';
import { type EndpointDeliveryDetail, EndpointDeliveriesReadModel } from './endpoint-deliveries.read-model.js';
import { EndpointReplaysService } from './endpoint-replays.service.js';
import type { EventType } from './event-types.js';
import type { WebhookEndpoint } from './webhook-endpoint.entity.js';
import { WebhookEndpointsService } from './webhook-endpoints.service.js';
import { WebhookEvents } from './webhook-events.js';

let testDatabase: TestDatabase;
let here: WebhooksTestProcess;
let there: WebhooksTestProcess;
let receiver: MessageReceiver;
let owner: TestOwner;

beforeAll(async () => {
  testDatabase = await TestDatabase.create();
  here = await WebhooksTestProcess.start(testDatabase);
  there = await WebhooksTestProcess.start(testDatabase);
});

beforeEach(async () => {
  await here.query(`DELETE FROM webhook_endpoint`);
  receiver = await MessageReceiver.start();
  owner = await here.newOwner();
});

afterEach(() => receiver.stop());

afterAll(async () => {
  await here.stop();
  await there.stop();
  await testDatabase.drop();
});

const newEndpoint = (
  events: EventType[] = ['endpoint.disabled'],
  url = receiver.url,
  of = owner,
): Promise<{ endpoint: WebhookEndpoint; secret: string }> =>
  of.as(() =>
    here.get(WebhookEndpointsService).create({ name: 'Orders', description: '', url, events, enabled: true }),
  );

/** Something that endpoints may be told of, committed. */
const happen = (of = owner): Promise<void> =>
  of.as(() => here.get(WebhookEvents).announce('endpoint.disabled', { id: 'x', name: 'Another' }));

async function deliver(process = here): Promise<void> {
  const deliveries = process.get(EndpointDeliveries);
  await deliveries.round();
  await deliveries.idle();
}

const skipWait = (): Promise<unknown> =>
  here.query(`UPDATE endpoint_delivery SET next_at = now() WHERE state = 'armed'`);

const endpointOf = (id: string): Promise<WebhookEndpoint> => owner.as(() => here.get(WebhookEndpointsService).get(id));

/** Of the endpoint, newest first. */
const deliveriesOf = (endpointId: string): Promise<EndpointDeliveryDetail[]> =>
  owner.as(async () => {
    const model = here.get(EndpointDeliveriesReadModel);
    const { data } = await model.list(endpointId, { limit: 100 });
    return Promise.all(data.map(({ id }) => model.get(endpointId, id)));
  });

const verified = (secret: string, message: ReceivedMessage | undefined): unknown =>
  new Webhook(secret).verify(message?.body ?? '', message?.headers as Record<string, string>);

describe('An endpoint', () => {
  it('is told once what it wants to know, signed with its own secret, and the log says so', async () => {
    const { endpoint, secret } = await newEndpoint();
    const { secret: otherSecret } = await newEndpoint(['execution.failed']);
    await happen();
    await deliver();
    expect(receiver.received).toHaveLength(1);
    const [message] = receiver.received;
    expect(verified(secret, message)).toMatchObject({
      type: 'endpoint.disabled',
      apiVersion: 'v1',
      timestamp: expect.any(String),
      data: { id: 'x', name: 'Another' },
    });
    expect(() => verified(otherSecret, message)).toThrow();
    const [delivery] = await deliveriesOf(endpoint.id);
    expect(delivery).toMatchObject({
      id: message?.headers['webhook-id'],
      state: 'delivered',
      attempts: 1,
      body: message?.body,
      log: [{ number: 1, status: 204, error: null, answer: null }],
    });
  });

  it('does not verify with one byte flipped, wherever', async () => {
    const { secret } = await newEndpoint();
    await happen();
    await deliver();
    const [message] = receiver.received;
    const bytes = Buffer.from(message?.body ?? '');
    expect(bytes.length).toBeGreaterThan(50);
    for (const index of bytes.keys()) {
      const flipped = Buffer.from(bytes);
      flipped[index]! ^= 1;
      const headers = message?.headers as Record<string, string>;
      expect(() => new Webhook(secret).verify(flipped, headers, { jsonParse: false })).toThrow();
    }
  });

  it('is told nothing while it is off, nothing of another organisation, and nothing that was rolled back', async () => {
    const { endpoint } = await newEndpoint();
    const stranger = await here.newOwner();
    await happen(stranger);
    await owner.as(() => here.get(WebhookEndpointsService).update(endpoint.id, { enabled: false }));
    await happen();
    await owner.as(() => here.get(WebhookEndpointsService).update(endpoint.id, { enabled: true }));
    const rolledBack = owner.as(() =>
      here.get(OrgDatabase).transaction(async () => {
        await here.get(WebhookEvents).announce('endpoint.disabled', {});
        throw new Error('rolled back');
      }),
    );
    await expect(rolledBack).rejects.toThrow('rolled back');
    await deliver();
    expect(receiver.received).toEqual([]);
    expect(await deliveriesOf(endpoint.id)).toEqual([]);
  });

  it('belongs to its organisation: nobody else reads it, its deliveries, or sends again', async () => {
    const { endpoint } = await newEndpoint();
    await happen();
    await deliver();
    const [delivery] = await deliveriesOf(endpoint.id);
    const stranger = await here.newOwner();
    const missing = { kind: 'not_found' };
    await stranger.as(async () => {
      expect(await here.get(WebhookEndpointsService).list()).toEqual([]);
      await expect(here.get(WebhookEndpointsService).get(endpoint.id)).rejects.toMatchObject(missing);
      await expect(here.get(WebhookEndpointsService).rotateSecret(endpoint.id)).rejects.toMatchObject(missing);
      await expect(here.get(WebhookEndpointsService).delete(endpoint.id)).rejects.toMatchObject(missing);
      await expect(here.get(EndpointReplaysService).test(endpoint.id)).rejects.toMatchObject(missing);
      await expect(here.get(EndpointReplaysService).replay(endpoint.id, delivery!.id)).rejects.toMatchObject(missing);
      await expect(here.get(EndpointDeliveriesReadModel).get(endpoint.id, delivery!.id)).rejects.toMatchObject(missing);
    });
  });

  it('is one of at most twenty, however many are made at once', async () => {
    const made = await Promise.allSettled(Array.from({ length: 24 }, () => newEndpoint()));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    const [refused] = made.filter(({ status }) => status === 'rejected');
    expect(refused).toMatchObject({ reason: { code: 'webhook_endpoint.too_many' } });
  });

  it('goes with its deliveries, and one that is deleted while something happens takes nothing along', async () => {
    const { endpoint } = await newEndpoint();
    await Promise.all([
      ...Array.from({ length: 10 }, () => happen()),
      owner.as(() => here.get(WebhookEndpointsService).delete(endpoint.id)),
    ]);
    expect(await here.query('SELECT 1 FROM endpoint_delivery')).toEqual([]);
  });
});

describe('The secret of an endpoint', () => {
  it('signs along for a day after it was rotated, and nobody reads it in the database', async () => {
    const { endpoint, secret } = await newEndpoint();
    const after = await owner.as(() => here.get(WebhookEndpointsService).rotateSecret(endpoint.id));
    const hours = ((after.endpoint.previousSignsUntil?.getTime() ?? 0) - Date.now()) / 3_600_000;
    expect(hours).toBeCloseTo(24, 1);
    await happen();
    await deliver();
    for (const each of [secret, after.secret]) expect(() => verified(each, receiver.received[0])).not.toThrow();
    await here.query(`UPDATE webhook_endpoint SET previous_signs_until = now()`);
    await happen();
    await deliver();
    expect(() => verified(secret, receiver.received[1])).toThrow();
    expect(() => verified(after.secret, receiver.received[1])).not.toThrow();
    const rows = JSON.stringify(await here.query('SELECT * FROM webhook_endpoint'));
    for (const each of [secret, after.secret]) expect(rows).not.toContain(each.slice('whsec_'.length));
  });

  it('is no part of the log, even when the receiver repeats it', async () => {
    const { endpoint, secret } = await newEndpoint();
    const echo = `${secret} and Bearer abcdefghijklmnop\u0007 ${'x'.repeat(3_000)}`;
    receiver.answer = (response) => void response.writeHead(500).end(echo);
    await happen();
    await deliver();
    const [delivery] = await deliveriesOf(endpoint.id);
    const answer = delivery?.log[0]?.answer ?? '';
    expect(answer).toMatch(/^••• and Bearer \[redacted\] x+$/);
    expect(answer).toHaveLength(1_024);
  });
});

describe('Two processes', () => {
  it('deliver each message once between them', async () => {
    await newEndpoint();
    for (let each = 0; each < 40; each += 1) await happen();
    await Promise.all([deliver(here), deliver(there), deliver(here), deliver(there)]);
    expect(new Set(receiver.ids).size).toBe(40);
    expect(receiver.ids).toHaveLength(40);
  });

  it('try again what one of them had when it was killed, with the same id and bytes, and a late answer changes nothing', async () => {
    const { endpoint } = await newEndpoint();
    await happen();
    const answer = receiver.hold();
    const killed = here.get(EndpointDeliveries);
    await killed.round();
    await eventually(() => receiver.received.length === 1);
    await deliver(there);
    expect(receiver.received).toHaveLength(1);
    await skipWait();
    receiver.answerWith(200);
    await deliver(there);
    answer(500);
    await killed.idle();
    expect(new Set(receiver.ids).size).toBe(1);
    expect(receiver.received[1]?.body).toBe(receiver.received[0]?.body);
    expect(await deliveriesOf(endpoint.id)).toMatchObject([{ state: 'delivered', attempts: 2, lastStatus: 200 }]);
  });
});

describe('A receiver that fails', () => {
  it('is tried ten times, each with the same bytes, and sent again when somebody asks', async () => {
    const { endpoint } = await newEndpoint();
    await happen();
    receiver.answerWith(503);
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await skipWait();
      await deliver();
    }
    const [given] = await deliveriesOf(endpoint.id);
    expect(given).toMatchObject({ state: 'given_up', attempts: 10, nextAt: null });
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    expect(await endpointOf(endpoint.id)).toMatchObject({ enabled: true, failures: 10 });
    receiver.answerWith(200);
    await owner.as(() => here.get(EndpointReplaysService).replay(endpoint.id, given!.id));
    await eventually(async () => (await deliveriesOf(endpoint.id))[0]?.state === 'delivered');
    await here.get(EndpointDeliveries).idle();
    expect(new Set(receiver.ids).size).toBe(1);
    expect(await endpointOf(endpoint.id)).toMatchObject({ failures: 0, failingSince: null });
  });

  it('gets everything again that was given up since a moment', async () => {
    const { endpoint } = await newEndpoint();
    receiver.answerWith(410);
    for (let each = 0; each < 3; each += 1) await happen();
    await deliver();
    await here.query(`UPDATE endpoint_delivery SET created_at = now() - interval '2 hours' WHERE id = $1`, [
      (await deliveriesOf(endpoint.id)).at(-1)?.id,
    ]);
    const replay = () =>
      owner.as(() => here.get(EndpointReplaysService).replayFailed(endpoint.id, new Date(Date.now() - 3_600_000)));
    await expect(replay()).rejects.toMatchObject({ code: 'webhook_endpoint.off' });
    receiver.answerWith(200);
    await owner.as(() => here.get(WebhookEndpointsService).update(endpoint.id, { enabled: true }));
    expect(await replay()).toEqual({ count: 2, hasMore: false });
    await deliver();
    const states = (await deliveriesOf(endpoint.id)).map(({ state }) => state);
    expect(states).toEqual(['delivered', 'delivered', 'given_up']);
  });

  it('for three days is switched off, its owner told by mail and other endpoints by a message', async () => {
    const { endpoint } = await newEndpoint();
    const listening = await MessageReceiver.start();
    receiver.answerWith(500);
    await happen();
    await deliver();
    await newEndpoint(['endpoint.disabled'], listening.url);
    await here.query(
      `UPDATE webhook_endpoint SET failures = 8, failing_since = now() - interval '72 hours 1 minute' WHERE id = $1`,
      [endpoint.id],
    );
    await skipWait();
    await deliver();
    expect(await endpointOf(endpoint.id)).toMatchObject({ enabled: true, failures: 9 });
    await skipWait();
    await deliver();
    expect(await endpointOf(endpoint.id)).toMatchObject({ enabled: false, disabledReason: 'failing' });
    await Promise.all([deliver(here), deliver(there)]);
    await Promise.all([here, there].map((process) => process.get(DisabledNotices).settled()));
    const mails = [...here.mailer.sent, ...there.mailer.sent].filter(({ to }) => to === owner.email);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain(`https://agentflow.example.org/settings/webhook-endpoints/${endpoint.id}`);
    expect(listening.received.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      { type: 'endpoint.disabled', data: { id: endpoint.id, name: 'Orders', reason: 'failing' } },
    ]);
    await skipWait();
    await deliver();
    expect(receiver.received).toHaveLength(3);
    expect((await deliveriesOf(endpoint.id))[0]).toMatchObject({
      state: 'given_up',
      lastError: 'The endpoint is switched off.',
    });
    await listening.stop();
  });

  it('with 410 is switched off at once', async () => {
    const { endpoint } = await newEndpoint();
    receiver.answerWith(410);
    await happen();
    await deliver();
    expect(await endpointOf(endpoint.id)).toMatchObject({ enabled: false, disabledReason: 'gone' });
    await owner.as(() => here.get(WebhookEndpointsService).update(endpoint.id, { enabled: true }));
    expect(await endpointOf(endpoint.id)).toMatchObject({ enabled: true, disabledReason: null, failures: 0 });
  });

  it.each([
    'http://10.0.0.1/hook',
    'http://169.254.169.254/latest/meta-data',
    'http://[::ffff:7f00:2]/',
    'http://0x7f000002/',
    'http://2130706434/',
    'http://[fd00::1]/',
  ])('because its address is private is never called: %s', async (url) => {
    const { endpoint } = await newEndpoint(['endpoint.disabled'], url);
    await happen();
    await deliver();
    const [delivery] = await deliveriesOf(endpoint.id);
    expect(delivery?.lastStatus).toBeNull();
    expect(delivery?.lastError).toMatch(/EGRESS_ALLOW_CIDRS|not public|may not/);
    expect(delivery?.state).toBe('given_up');
  });

  it('by leading elsewhere is not followed', async () => {
    const { endpoint } = await newEndpoint();
    receiver.answerWith(307, { location: 'http://169.254.169.254/' });
    await happen();
    await deliver();
    expect((await deliveriesOf(endpoint.id))[0]).toMatchObject({ state: 'armed', lastStatus: 307 });
  });
});

describe('A trial', () => {
  it('sends a signed event at once, tells the answer and stands in the log', async () => {
    const { endpoint, secret } = await newEndpoint();
    receiver.answer = (response) => void response.writeHead(202).end('thanks');
    const trial = await owner.as(() => here.get(EndpointReplaysService).test(endpoint.id));
    expect(trial.answer).toMatchObject({ status: 202, error: null, excerpt: 'thanks' });
    expect(verified(secret, receiver.received[0])).toMatchObject({
      type: 'endpoint.test',
      data: { endpointId: endpoint.id },
    });
    expect(await deliveriesOf(endpoint.id)).toMatchObject([
      { id: trial.deliveryId, type: 'endpoint.test', state: 'delivered', log: [{ answer: 'thanks' }] },
    ]);
  });

  it('that fails is not tried again', async () => {
    const { endpoint } = await newEndpoint();
    receiver.answerWith(500);
    await owner.as(() => here.get(EndpointReplaysService).test(endpoint.id));
    await deliver();
    expect(receiver.received).toHaveLength(1);
    expect(await deliveriesOf(endpoint.id)).toMatchObject([{ state: 'given_up', lastStatus: 500 }]);
  });
});

describe('What is older than thirty days', () => {
  it('is forgotten', async () => {
    const { endpoint } = await newEndpoint();
    await happen();
    await deliver();
    const old = newId().replace(/^.{13}/, '01800000-0000');
    await here.query(
      `INSERT INTO endpoint_delivery (id, org_id, endpoint_id, type, origin, state, created_at) VALUES ($1, $2, $3, 'endpoint.disabled', 'o', 'delivered', '2022-05-01')`,
      [old, owner.orgId, endpoint.id],
    );
    expect(await here.get(EndpointDeliveries).forgetSomeOld()).toBe(false);
    expect(await deliveriesOf(endpoint.id)).toHaveLength(1);
  });
});
