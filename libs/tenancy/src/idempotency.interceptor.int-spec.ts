/** Real: Postgres with the project's migrations, the interceptor and its transaction. The request and its handler are this test's. */
import { setTimeout as sleep } from 'node:timers/promises';
import { migrations } from '#migrations';
import type { Database } from '#platform/database';
import { newId } from '#platform/ids';
import type { CallHandler, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { defer, lastValueFrom } from 'rxjs';
import { TestDatabase } from '../../platform/src/testing/test-database.js';
import { IdempotencyInterceptor, readIdempotencyKey, requestHash } from './idempotency.interceptor.js';
import { OrgContext } from './org-context.js';
import { OrgDatabase } from './org-database.js';

let testDatabase: TestDatabase;
let opened: Database;
let database: OrgDatabase;
let interceptor: IdempotencyInterceptor;
let orgId: string;
let acted: number;

beforeAll(async () => {
  testDatabase = await TestDatabase.create();
  opened = await testDatabase.open(migrations);
  database = new OrgDatabase(opened);
  interceptor = new IdempotencyInterceptor(database);
});

afterAll(async () => {
  await opened.close();
  await testDatabase.drop();
});

beforeEach(async () => {
  [orgId, acted] = [await newOrg(), 0];
});

async function newOrg(): Promise<string> {
  const id = newId();
  await database.acrossOrgsStatement(
    'a test makes its own organisation',
    `INSERT INTO organization (id, name, slug, plan) VALUES ($1, 'Test', $2, 'free')`,
    [id, id],
  );
  return id;
}

interface Asked {
  readonly key?: string;
  readonly body?: object;
  readonly path?: string;
  readonly org?: string;
  readonly handle?: () => Promise<unknown>;
}

interface Answered {
  readonly body: unknown;
  readonly status: number;
  readonly replayed: boolean;
}

async function ask({
  key,
  body = { name: 'a' },
  path = '/agents',
  org = orgId,
  handle = act,
}: Asked): Promise<Answered> {
  const headers = new Map<string, string>();
  const request = { method: 'POST', path, body, headers: key === undefined ? {} : { 'idempotency-key': key } };
  const response = {
    statusCode: 201,
    status: (code: number) => {
      response.statusCode = code;
      return response;
    },
    setHeader: (name: string, value: string) => headers.set(name, value),
  };
  const context = { switchToHttp: () => ({ getRequest: () => request, getResponse: () => response }) };
  const next: CallHandler = { handle: () => defer(handle) };
  const answer: unknown = await OrgContext.run(org, () =>
    lastValueFrom(interceptor.intercept(context as unknown as ExecutionContext, next)),
  );
  return { body: answer, status: response.statusCode, replayed: headers.get('Idempotent-Replayed') === 'true' };
}

const act = (): Promise<unknown> => Promise.resolve({ number: (acted += 1) });

describe('A request with an Idempotency-Key', () => {
  it('acts once; a repetition gets the first answer, marked', async () => {
    const key = newId();
    expect(await ask({ key })).toEqual({ body: { number: 1 }, status: 201, replayed: false });
    expect(await ask({ key })).toEqual({ body: { number: 1 }, status: 201, replayed: true });
    expect(acted).toBe(1);
  });

  it('without a key acts every time', async () => {
    await ask({});
    await ask({});
    expect(acted).toBe(2);
  });

  it('with another body or for another route is a mistake of the caller', async () => {
    const key = newId();
    await ask({ key });
    await expect(ask({ key, body: { name: 'b' } })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'idempotency.other_request',
    });
    await expect(ask({ key, path: '/teams' })).rejects.toMatchObject({ code: 'idempotency.other_request' });
  });

  it('means its own organisation', async () => {
    const key = newId();
    await ask({ key });
    expect(await ask({ key, org: await newOrg() })).toMatchObject({ body: { number: 2 }, replayed: false });
  });

  it('is told to come back while the first one still runs', async () => {
    const key = newId();
    const first = ask({ key, handle: () => sleep(200).then(act) });
    await sleep(60);
    await expect(ask({ key })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'idempotency.in_flight',
      retryable: true,
    });
    expect(await first).toMatchObject({ body: { number: 1 } });
    expect(await ask({ key })).toMatchObject({ replayed: true });
  });

  it('that fails keeps nothing, neither of itself nor of what it did', async () => {
    const key = newId();
    const failing = async (): Promise<never> => {
      await database.transaction((manager) =>
        manager.query(`INSERT INTO role (id, org_id, name, permissions) VALUES ($1, $2, 'half', '{}')`, [
          newId(),
          orgId,
        ]),
      );
      throw new Error('It broke halfway.');
    };
    await expect(ask({ key, handle: failing })).rejects.toThrow('It broke halfway.');
    const roles = await database.acrossOrgsStatement(
      'a test looks at the rows',
      `SELECT 1 FROM role WHERE org_id = $1`,
      [orgId],
    );
    expect(roles).toEqual([]);
    expect(await ask({ key })).toMatchObject({ body: { number: 1 }, replayed: false });
  });

  it('acts again once its key has expired', async () => {
    const key = newId();
    await ask({ key });
    await database.acrossOrgsStatement(
      'a test lets time pass',
      `UPDATE idempotency_key SET expires_at = now() - interval '1 second' WHERE key = $1 RETURNING key`,
      [key],
    );
    expect(await ask({ key })).toMatchObject({ body: { number: 2 }, replayed: false });
    expect(await ask({ key })).toMatchObject({ body: { number: 2 }, replayed: true });
  });

  it('may answer with nothing', async () => {
    const key = newId();
    await ask({ key, handle: () => Promise.resolve(undefined) });
    expect(await ask({ key })).toMatchObject({ body: null, replayed: true });
  });
});

describe('An Idempotency-Key', () => {
  const request = (key: unknown): Request =>
    ({ headers: { 'idempotency-key': key }, method: 'POST', path: '/x', body: {} }) as unknown as Request;

  it('is any text of 1 to 255 characters', () => {
    expect(readIdempotencyKey(request('a'))).toBe('a');
    expect(readIdempotencyKey(request(undefined))).toBeUndefined();
    for (const key of ['', 'a'.repeat(256), ['a', 'b']]) {
      expect(() => readIdempotencyKey(request(key))).toThrow(expect.objectContaining({ code: 'idempotency.key' }));
    }
  });

  it('belongs to method, path and body', () => {
    const hash = requestHash(request('a'));
    expect(requestHash(request('b'))).toBe(hash);
    expect(requestHash({ ...request('a'), method: 'PUT' } as Request)).not.toBe(hash);
    expect(requestHash({ ...request('a'), path: '/y' } as Request)).not.toBe(hash);
    expect(requestHash({ ...request('a'), body: { a: 1 } } as Request)).not.toBe(hash);
  });
});
