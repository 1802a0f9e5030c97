/** Real: Postgres, journal, runs, the way out, signatures; two "processes" on one database, their rounds called by hand. Fake: queue, steps' outside world. */
import { Webhook } from 'standardwebhooks';
import type { EgressClient, EgressRequest } from '#platform/egress';
import { newId } from '#platform/ids';
import { createLogger } from '#platform/logging';
import { eventually } from '../../../platform/src/testing/eventually.js';
import { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { ExecutionsService } from '../executions.service.js';
import { Journal } from '../journal/journal.js';
import { AGENT_EGRESS } from '../outside.module.js';
import { MessageReceiver } from '../../../webhooks/src/testing/message-receiver.js';
import { ExecutionsTestProcess } from '../testing/executions-test-process.js';
import { TestOrg } from '../testing/test-org.js';
import { CallbackDeliveries } from './callback-deliveries.js';
import { CallbackMessages } from './callback-messages.js';
import { CallbackSender } from './callback-sender.js';
import { CallbacksService, type CallbackWithLog } from './callbacks.service.js';
import { DueCallbacksRepository } from './due-callbacks.repository.js';
import { SigningSecretsService } from './signing-secrets.service.js';

/** Instead of 20 s. */
const DEADLINE_MS = 400;

let testDatabase: TestDatabase;
let here: ExecutionsTestProcess;
let there: ExecutionsTestProcess;
let receiver: MessageReceiver;
let org: TestOrg;

beforeAll(async () => {
  testDatabase = await TestDatabase.create();
  const environment = { EGRESS_ALLOW_CIDRS: '127.0.0.1/32' };
  here = await ExecutionsTestProcess.start(testDatabase, { environment });
  there = await ExecutionsTestProcess.start(testDatabase, { environment });
});

beforeEach(async () => {
  await here.query(`DELETE FROM callback`);
  receiver = await MessageReceiver.start();
  org = await TestOrg.create(here);
});

afterEach(() => receiver.stop());

afterAll(async () => {
  await here.stop();
  await there.stop();
  await testDatabase.drop();
});

/** Deliveries as the process has them, with a shorter deadline. */
function deliveriesOf(process: ExecutionsTestProcess): CallbackDeliveries {
  const egress = process.get<EgressClient>(AGENT_EGRESS as never);
  const hasty = {
    stream: (request: EgressRequest) =>
      egress.stream({ ...request, limits: { ...request.limits, totalMs: DEADLINE_MS } }),
  };
  const sender = new CallbackSender(
    process.get(CallbackMessages),
    process.get(SigningSecretsService),
    hasty,
    createLogger('silent'),
  );
  return new CallbackDeliveries(process.get(DueCallbacksRepository), sender, createLogger('silent'));
}

/** A run that has ended and wants to be told of. @returns its id */
async function endedRun(url = receiver.url, outputJson = '"done"', orgOfRun = org): Promise<string> {
  const executionId = newId();
  await here.get(Journal).write({
    executionId,
    attempt: 1,
    accept: orgOfRun.row({ callback: { id: newId(), url }, metadataJson: '{"order":7}' }),
    finish: {
      status: 'succeeded',
      outputJson,
      errorJson: null,
      usageJson: '{"inputTokens":1,"outputTokens":2,"cachedInputTokens":0,"costMicroUsd":0}',
      lastSeq: 0,
      finishedAt: Date.now(),
    },
    steps: [],
    logs: [],
  });
  return executionId;
}

const callbackOf = (executionId: string): Promise<CallbackWithLog> =>
  org.as(() => here.get(CallbacksService).get(executionId));

async function deliver(process = here): Promise<void> {
  const deliveries = deliveriesOf(process);
  await deliveries.round();
  await deliveries.idle();
}

/** Lets the time pass until the next attempt. */
const skipWait = (): Promise<unknown> => here.query(`UPDATE callback SET next_at = now() WHERE state = 'armed'`);

const secondsUntil = (moment: Date | null): number => ((moment?.getTime() ?? 0) - Date.now()) / 1_000;

describe('The callback of a run', () => {
  it('tells the end, signed, and the log says so', async () => {
    const executionId = await endedRun();
    await deliver();
    const [message] = receiver.received;
    const { secret } = await org.as(() => here.get(SigningSecretsService).current());
    expect(new Webhook(secret).verify(message?.body ?? '', message?.headers as Record<string, string>)).toMatchObject({
      type: 'execution.finished',
      data: {
        id: executionId,
        agentId: org.agentId,
        version: 1,
        status: 'succeeded',
        output: 'done',
        error: null,
        usage: { inputTokens: 1 },
        metadata: { order: 7 },
      },
    });
    const { id, state, attempts, deliveredAt, nextAt, log } = await callbackOf(executionId);
    expect(message?.headers['webhook-id']).toBe(id);
    expect({ state, attempts, nextAt }).toEqual({ state: 'delivered', attempts: 1, nextAt: null });
    expect(deliveredAt).toBeInstanceOf(Date);
    expect(log).toEqual([
      { number: 1, at: expect.any(Date), status: 204, error: null, durationMs: expect.any(Number) },
    ]);
  });

  it('waits for the end, and follows at once when the run ended in this process', async () => {
    const { executionId, live } = await org.as(() =>
      here.get(ExecutionsService).start({
        agentId: org.agentId,
        input: {},
        mode: 'interactive',
        trigger: 'api',
        callbackUrl: `${receiver.url}/done`,
      }),
    );
    await live?.ended;
    await eventually(() => receiver.received.length === 1);
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ data: { id: executionId } });
    const open = newId();
    await here.get(Journal).write({
      executionId: open,
      attempt: 0,
      accept: org.row({ mode: 'background', callback: { id: newId(), url: receiver.url } }),
      steps: [],
      logs: [],
    });
    await deliver();
    expect(receiver.received).toHaveLength(1);
    expect(await callbackOf(open)).toMatchObject({ state: 'armed', attempts: 0, nextAt: null });
  });

  it('is one for a start that is asked for twice under one key', async () => {
    const start = (): Promise<{ executionId: string; replayed: boolean }> =>
      org.as(() =>
        here.get(ExecutionsService).start({
          agentId: org.agentId,
          input: {},
          mode: 'background',
          trigger: 'api',
          callbackUrl: receiver.url,
          idempotency: { key: 'once', requestHash: 'same' },
        }),
      );
    const started = await Promise.all([start(), start()]);
    expect(new Set(started.map(({ executionId }) => executionId)).size).toBe(1);
    expect((await start()).replayed).toBe(true);
    expect(await here.query('SELECT 1 FROM callback')).toHaveLength(1);
  });

  it('says where an output is that is too long for a message', async () => {
    const executionId = await endedRun(receiver.url, JSON.stringify('x'.repeat(300_000)));
    await deliver();
    const { body } = receiver.received[0] ?? { body: '' };
    expect(body.length).toBeLessThan(2_000);
    expect(JSON.parse(body)).toMatchObject({
      data: { output: null, outputOmitted: { bytes: 300_002, path: `/api/v1/executions/${executionId}` } },
    });
  });

  it('goes with its run', async () => {
    const executionId = await endedRun();
    await deliver();
    await here.query('DELETE FROM execution WHERE id = $1', [executionId]);
    expect(await here.query('SELECT 1 FROM callback')).toEqual([]);
    expect(await here.query('SELECT 1 FROM callback_attempt')).toEqual([]);
  });
});

describe('Two processes', () => {
  it('deliver each callback once between them', async () => {
    for (let each = 0; each < 40; each += 1) await endedRun();
    await Promise.all([deliver(here), deliver(there), deliver(here), deliver(there)]);
    expect(receiver.ids).toHaveLength(40);
    expect(new Set(receiver.ids).size).toBe(40);
  });

  it('try again what one of them had when it was killed, under the same id, and a late answer changes nothing', async () => {
    const executionId = await endedRun();
    const answer = receiver.hold();
    const killed = deliveriesOf(here);
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
    expect(await callbackOf(executionId)).toMatchObject({ state: 'delivered', attempts: 2, lastStatus: 200 });
  });

  it('hand over at shutdown what has not been answered yet', async () => {
    const executionId = await endedRun();
    receiver.hold();
    const stopping = deliveriesOf(here);
    await stopping.round();
    await eventually(() => receiver.received.length === 1);
    await stopping.stop(20);
    expect(await callbackOf(executionId)).toMatchObject({ state: 'armed', attempts: 1, lastStatus: null });
    receiver.answerWith(200);
    await deliver(there);
    expect(await callbackOf(executionId)).toMatchObject({ state: 'delivered', attempts: 2 });
  });
});

describe('A receiver', () => {
  it.each([
    [302, { location: 'https://example.org/elsewhere' }, 5],
    [500, {}, 5],
    [429, { 'retry-after': '90' }, 90],
  ])('that answers %d is tried again later', async (status, headers, seconds) => {
    const executionId = await endedRun();
    receiver.answerWith(status, headers);
    await deliver();
    const { state, lastStatus, lastError, nextAt } = await callbackOf(executionId);
    expect({ state, lastStatus }).toEqual({ state: 'armed', lastStatus: status });
    expect(lastError).toContain(String(status));
    expect(secondsUntil(nextAt)).toBeGreaterThan(seconds * 0.9 - 2);
    expect(secondsUntil(nextAt)).toBeLessThan(seconds * 1.1 + 1);
    await deliver();
    expect(receiver.received).toHaveLength(1);
    receiver.answerWith(200);
    await skipWait();
    await deliver();
    expect(receiver.ids[1]).toBe(receiver.ids[0]);
    expect(receiver.received[1]?.body).toBe(receiver.received[0]?.body);
    expect(await callbackOf(executionId)).toMatchObject({ state: 'delivered', attempts: 2, lastError: null });
  });

  it('that answers 410 is left alone until somebody asks again', async () => {
    const executionId = await endedRun();
    receiver.answerWith(410);
    await deliver();
    await deliver();
    expect(await callbackOf(executionId)).toMatchObject({ state: 'given_up', attempts: 1, nextAt: null });
    receiver.answerWith(200);
    await org.as(() => here.get(CallbacksService).redeliver(executionId));
    await eventually(() => receiver.received.length === 2);
    await eventually(async () => (await callbackOf(executionId)).state === 'delivered');
  });

  it('that does not answer is tried again, and one that is always down is given up after ten attempts', async () => {
    const executionId = await endedRun();
    receiver.hold();
    await deliver();
    const { state, lastError } = await callbackOf(executionId);
    expect(state).toBe('armed');
    expect(lastError).toMatch(/Timed out/);
    receiver.answerWith(503);
    for (let attempt = 2; attempt <= 10; attempt += 1) {
      await skipWait();
      await deliver();
    }
    expect(await callbackOf(executionId)).toMatchObject({ state: 'given_up', attempts: 10, lastStatus: 503 });
  });

  it('that is a private address is not called', async () => {
    const executionId = await endedRun('http://10.0.0.1/done');
    await deliver();
    const { state, lastError } = await callbackOf(executionId);
    expect(state).toBe('given_up');
    expect(lastError).toContain('EGRESS_ALLOW_CIDRS');
  });

  it('that is slow holds neither another one up nor more than eight of our connections', async () => {
    const slow = await MessageReceiver.start();
    slow.hold();
    for (let each = 0; each < 20; each += 1) await endedRun(slow.url);
    const quick = await endedRun();
    const deliveries = deliveriesOf(here);
    await deliveries.round();
    await eventually(() => receiver.received.length === 1, DEADLINE_MS - 50);
    expect(slow.received.length).toBeLessThanOrEqual(8);
    await deliveries.idle();
    expect((await callbackOf(quick)).state).toBe('delivered');
    expect(slow.received).toHaveLength(20);
    await slow.stop();
  });
});

describe('The signing secret', () => {
  it('is one, however many need it first, and nobody reads it in the database', async () => {
    const secrets = await Promise.all(
      [here, there, here, there].map((process) => org.as(() => process.get(SigningSecretsService).current())),
    );
    expect(new Set(secrets.map(({ secret }) => secret)).size).toBe(1);
    const rows = await here.query<{ sealed_secret: string }>('SELECT * FROM signing_secret WHERE org_id = $1', [
      org.id,
    ]);
    expect(JSON.stringify(rows)).not.toContain(secrets[0]?.secret.slice('whsec_'.length));
    const other = await TestOrg.create(here);
    const { secret } = await other.as(() => here.get(SigningSecretsService).current());
    expect(secret).not.toBe(secrets[0]?.secret);
  });

  it('signs along for a day after it was rotated', async () => {
    const service = here.get(SigningSecretsService);
    const before = await org.as(() => service.current());
    const after = await org.as(() => service.rotate());
    expect(after.secret).not.toBe(before.secret);
    expect(secondsUntil(after.previousSignsUntil) / 3_600).toBeCloseTo(24, 1);
    await endedRun();
    await deliver();
    const [message] = receiver.received;
    const verify = (secret: string): unknown =>
      new Webhook(secret).verify(message?.body ?? '', message?.headers as Record<string, string>);
    for (const { secret } of [before, after]) expect(() => verify(secret)).not.toThrow();
    await here.query(`UPDATE signing_secret SET retires_at = now() WHERE retires_at IS NOT NULL`);
    expect(await org.as(() => service.signingSecrets())).toEqual([after.secret]);
  });

  it('is rotated when ENCRYPTION_KEY was changed, and what could not be signed is sent then', async () => {
    const service = here.get(SigningSecretsService);
    await org.as(() => service.current());
    await here.query(`UPDATE signing_secret SET sealed_secret = 'v1.00000000.AAAA' WHERE org_id = $1`, [org.id]);
    await expect(org.as(() => service.current())).rejects.toMatchObject({ code: 'signing_secret.unreadable' });
    const executionId = await endedRun();
    await deliver();
    expect(await callbackOf(executionId)).toMatchObject({ state: 'armed', lastStatus: null });
    expect(receiver.received).toEqual([]);
    const { secret } = await org.as(() => service.rotate());
    await skipWait();
    await deliver();
    const [message] = receiver.received;
    new Webhook(secret).verify(message?.body ?? '', message?.headers as Record<string, string>);
    expect((await callbackOf(executionId)).state).toBe('delivered');
  });
});
