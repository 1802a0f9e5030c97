import { setTimeout as sleep } from 'node:timers/promises';
import type { Principal, PrincipalService } from '#auth';
import { runWith } from '#platform/context';
import { LocalBus } from '#platform/events';
import { EventStreamAnswer, startingPoint } from './event-stream-answer.js';
import type { ExecutionEventsRepository } from './execution-events.repository.js';
import { ExecutionStream } from './execution-stream.js';
import { IdempotencyTakenError } from './executions.errors.js';
import { FakeEventLog } from './testing/fake-event-log.js';
import { FakeResponse } from './testing/fake-response.js';
import { Watchers } from './watchers.js';

const principal = {
  kind: 'user',
  credentialId: 'session',
  orgId: 'org',
  permissions: new Set(),
} as unknown as Principal;
const asCaller = <T>(work: () => T): T => runWith({ principal }, work);

function setUp() {
  const [log, bus] = [new FakeEventLog(), new LocalBus()];
  const stream = new ExecutionStream(log as unknown as ExecutionEventsRepository, bus);
  const access = { valid: true, isStillValid: () => Promise.resolve(access.valid) };
  const watchers = new Watchers(access as unknown as PrincipalService);
  const streams = new EventStreamAnswer(stream, watchers);
  const answer = {
    send: (...args: Parameters<typeof streams.send>) => asCaller(() => streams.send(...args)),
    sendFresh: (...args: Parameters<typeof streams.sendFresh>) => asCaller(() => streams.sendFresh(...args)),
  };
  return { log, bus, access, watchers, answer };
}

const idsOf = (body: string): number[] => [...body.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

describe('Server-sent events of a run', () => {
  it('frame each event with its number and type, and text with newlines stays one data line', async () => {
    const { log, answer } = setUp();
    const text = 'one\ntwo\r\nthree\n\ndata: four\u2028five';
    Object.assign(log.commit(1).events[0] as object, { type: 'text-delta', data: { text } });
    log.commit(1, true);
    const response = new FakeResponse();
    await answer.send(log.executionId, 0, response.response);

    const messages = response.body.split('\n\n').filter(Boolean);
    expect(messages).toHaveLength(2);
    const [id, event, data, ...more] = (messages[0] ?? '').split('\n');
    expect([id, event, more]).toEqual(['id: 1', 'event: text-delta', []]);
    expect(JSON.parse(data?.slice('data: '.length) ?? '').data.text).toBe(text);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.writableEnded).toBe(true);
  });

  it('go on after the number that the client had last', async () => {
    const { log, answer } = setUp();
    log.commit(5, true);
    const response = new FakeResponse();
    await answer.send(log.executionId, 3, response.response);
    expect(idsOf(response.body)).toEqual([4, 5]);
  });

  it.each([
    [0, undefined, 0],
    [0, '7', 7],
    [9, '7', 9],
    [0, 'seven', 0],
    [0, '-3', 0],
    [0, '99999999999999999999', 2_147_483_647],
  ])('begin after=%p with Last-Event-ID %p behind %p', (after, lastEventId, expected) => {
    expect(startingPoint(after, lastEventId)).toBe(expected);
  });

  it('wait for a reader that takes nothing, and lose nothing by it', async () => {
    const { log, answer } = setUp();
    for (let each = 0; each < 20; each += 1) log.commit(1);
    log.commit(1, true);
    const response = new FakeResponse(false);
    const sent = answer.send(log.executionId, 0, response.response);
    await sleep(20);
    expect(idsOf(response.body)).toEqual([1]);
    response.takeAll();
    await sent;
    expect(idsOf(response.body)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
  });

  it('end when the reader goes away', async () => {
    const { log, answer } = setUp();
    log.commit(1);
    const response = new FakeResponse();
    const sent = answer.send(log.executionId, 0, response.response);
    await sleep(5);
    response.destroy();
    await sent;
  });

  it('end, and say why, when the credential of their reader is revoked', async () => {
    const { log, bus, access, watchers, answer } = setUp();
    log.commit(1);
    const response = new FakeResponse();
    const sent = answer.send(log.executionId, 0, response.response);
    await sleep(5);
    await watchers.dropRevoked();
    access.valid = false;
    await watchers.dropRevoked();
    log.announce(bus, log.commit(1));
    await sent;
    expect(idsOf(response.body)).toEqual([1]);
    expect(response.body).toContain('event: revoked\n');
    expect(response.writableEnded).toBe(true);
  });

  it('tell their reader when to come back as soon as the server begins to shut down, and go on meanwhile', async () => {
    const { log, bus, watchers, answer } = setUp();
    log.commit(1);
    const response = new FakeResponse();
    const sent = answer.send(log.executionId, 0, response.response);
    await sleep(5);
    watchers.onModuleDestroy();
    log.announce(bus, log.commit(1, true));
    await sent;
    const [, retry] = /^retry: (\d+)$/m.exec(response.body) ?? [];
    expect(Number(retry)).toBeLessThanOrEqual(5_000);
    expect(idsOf(response.body)).toEqual([1, 2]);
  });

  it('end at once for a reader that went away before they began', async () => {
    const { log, answer } = setUp();
    log.commit(1);
    const response = new FakeResponse();
    response.destroy();
    await sleep(1);
    await answer.send(log.executionId, 0, response.response);
  });

  it('are not begun for a run that does not exist', async () => {
    const { log, answer } = setUp();
    log.exists = false;
    const response = new FakeResponse();
    await expect(answer.send(log.executionId, 0, response.response)).rejects.toMatchObject({
      code: 'execution.not_found',
    });
    expect(response.headersSent).toBe(false);
  });

  it('of a fresh run begin with its first event, and only once it is accepted', async () => {
    const { log, bus, answer } = setUp();
    const response = new FakeResponse();
    let accept = (): void => undefined;
    const sent = answer.sendFresh(
      log.executionId,
      new Promise<void>((resolve) => (accept = resolve)),
      response.response,
    );
    log.announce(bus, log.commit(1));
    await sleep(5);
    expect(response.headersSent).toBe(false);
    accept();
    log.announce(bus, log.commit(1, true));
    await sent;
    expect(idsOf(response.body)).toEqual([1, 2]);
  });

  it('of a run that was never accepted leave the response untouched', async () => {
    const { log, answer } = setUp();
    const response = new FakeResponse();
    const sent = answer.sendFresh(log.executionId, Promise.reject(new IdempotencyTakenError('key')), response.response);
    await expect(sent).rejects.toBeInstanceOf(IdempotencyTakenError);
    expect([response.headersSent, response.body]).toEqual([false, '']);
  });
});
