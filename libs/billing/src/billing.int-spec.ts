/** Real: the doors of billing and identity, guard, tenancy, and the database (Postgres where TEST_DATABASE_URL names one, embedded otherwise). Mail is a fake. */
import { Controller, HttpCode, Post } from '@nestjs/common';
import type supertest from 'supertest';
import { RequirePermission } from '#auth';
import { newId } from '#platform/ids';
import { acrossOrgs, OrgDatabase } from '#tenancy';
import { AuthTestApp, type TestPerson } from '../../auth/src/testing/auth-test-app.js';
import { moneyViolations, type Query } from '../../../test/support/money-violations.js';
import { BillingApiModule } from './billing-api.module.js';
import { Escrow } from './escrow/escrow.js';
import { RateLimited } from './rate-limits/rate-limited.decorator.js';

@Controller('limited')
class WorkController {
  @Post()
  @HttpCode(202)
  @RequirePermission('executions:start')
  @RateLimited()
  start(): { started: boolean } {
    return { started: true };
  }
}

const NO_LIMITS = {
  prepaid: false,
  orgDayMicroUsd: null,
  orgMonthMicroUsd: null,
  userDayMicroUsd: null,
  runMicroUsd: null,
};

let app: AuthTestApp;
let owner: TestPerson;

beforeAll(async () => {
  app = await AuthTestApp.start([WorkController], {}, [BillingApiModule]);
});

beforeEach(async () => {
  owner = await app.signUp();
});

afterAll(() => app.stop());

const query: Query = (sql, parameters = []) =>
  acrossOrgs('a test looks at the rows', () =>
    app.app.get(OrgDatabase, { strict: false }).transaction((manager) => manager.query(sql, parameters)),
  );
const get = (path: string, { accessToken: token } = owner): supertest.Test =>
  app.call('get', `/billing${path}`, { token });
const put = (body: object, headers: Record<string, string> = {}, { accessToken: token } = owner): supertest.Test =>
  app.call('put', '/billing/budgets', { token, body, headers });
const topUp = (body: object, headers: Record<string, string> = {}, { accessToken: token } = owner): supertest.Test =>
  app.call('post', '/billing/top-ups', { token, body, headers });
const spend = async (amountMicroUsd: number): Promise<void> => {
  const escrow = app.app.get(Escrow, { strict: false });
  const { orgId, userId } = owner;
  const reservation = await escrow.reserve({
    orgId,
    userId,
    executionId: newId(),
    runBudgetMicroUsd: null,
    amountMicroUsd,
  });
  await escrow.settle(reservation, amountMicroUsd);
};

describe('Budgets', () => {
  it('begin with ten dollars a day for each person, and say so', async () => {
    const { body, headers } = await get('/budgets').expect(200);
    expect(body).toEqual({ ...NO_LIMITS, userDayMicroUsd: 10_000_000, revision: 0 });
    expect(headers.etag).toBe('"0"');
  });

  it('are replaced by whoever has seen the newest ones', async () => {
    const { headers } = await put({ ...NO_LIMITS, orgDayMicroUsd: 5_000_000 }, { 'If-Match': '"0"' }).expect(200);
    expect(headers.etag).toBe('"1"');
    const { body } = await put(NO_LIMITS, { 'If-Match': '"7"' }).expect(412);
    expect(body.code).toBe('billing.limits_changed');
    await put({ ...NO_LIMITS, runMicroUsd: 0 }, { 'If-Match': '"1"' }).expect(200);
    expect((await get('/budgets')).body).toMatchObject({ orgDayMicroUsd: null, runMicroUsd: 0, revision: 2 });
  });

  it.each([
    ['a negative amount', { orgDayMicroUsd: -1 }, '/orgDayMicroUsd'],
    ['half a micro-dollar', { runMicroUsd: 0.5 }, '/runMicroUsd'],
    ['text', { userDayMicroUsd: '10' }, '/userDayMicroUsd'],
    ['more than there is', { orgMonthMicroUsd: 1e308 }, '/orgMonthMicroUsd'],
    ['nothing said', { orgMonthMicroUsd: undefined }, '/orgMonthMicroUsd'],
  ])('refuse %s and name the field', async (_what, wrong, pointer) => {
    const { body } = await put({ ...NO_LIMITS, ...wrong });
    expect([400, 422]).toContain(body.status);
    expect(body.errors).toEqual([expect.objectContaining({ pointer })]);
  });

  it('are read by every member and changed by those who may', async () => {
    const viewer = await app.join(owner, 'viewer');
    await get('/budgets', viewer).expect(200);
    await put(NO_LIMITS, {}, viewer).expect(403);
    await topUp({ amountMicroUsd: 1 }, {}, viewer).expect(403);
  });
});

describe('A prepaid balance', () => {
  it('takes no money while it is switched off', async () => {
    const { body } = await topUp({ amountMicroUsd: 5_000_000 }).expect(409);
    expect(body.code).toBe('billing.not_prepaid');
  });

  it('is what was paid in, once per key, less what was spent', async () => {
    await put({ ...NO_LIMITS, prepaid: true }).expect(200);
    const key = { 'Idempotency-Key': newId() };
    const { body: entry } = await topUp({ amountMicroUsd: 5_000_000, note: 'Invoice 7' }, key).expect(201);
    expect(entry).toMatchObject({ kind: 'top_up', amountMicroUsd: 5_000_000, note: 'Invoice 7', userId: owner.userId });
    const again = await topUp({ amountMicroUsd: 5_000_000, note: 'Invoice 7' }, key).expect(201);
    expect(again.body.id).toBe(entry.id);
    await spend(1_250_000);
    const { body } = await get('/usage').expect(200);
    expect(body.windows[0]).toEqual({
      scope: 'balance',
      limitMicroUsd: 5_000_000,
      spentMicroUsd: 1_250_000,
      reservedMicroUsd: 0,
      resetsAt: null,
    });
    const { body: ledger } = await get('/ledger?limit=2').expect(200);
    expect(ledger.data.map(({ kind }: { kind: string }) => kind)).toEqual(['settle', 'reserve']);
    const { body: rest } = await get(`/ledger?limit=2&cursor=${ledger.nextCursor}`).expect(200);
    expect(rest).toMatchObject({ data: [{ kind: 'top_up' }], hasMore: false });
    expect(await moneyViolations(query, { atRest: true })).toEqual([]);
  });

  it('begins at zero, whatever was spent before', async () => {
    await spend(300_000);
    await put({ ...NO_LIMITS, prepaid: true }).expect(200);
    const { body } = await get('/ledger').expect(200);
    expect(body.data[0]).toMatchObject({ kind: 'adjust', amountMicroUsd: 300_000 });
    expect(await moneyViolations(query, { atRest: true })).toEqual([]);
    await expect(spend(1)).rejects.toMatchObject({ budget: 'balance' });
  });

  it('is nobody else’s to see', async () => {
    await spend(200);
    const stranger = await app.signUp();
    expect((await get('/ledger', stranger)).body.data).toEqual([]);
    const { body } = await get('/usage', stranger).expect(200);
    expect(body.windows.every(({ spentMicroUsd }: { spentMicroUsd: number }) => spentMicroUsd === 0)).toBe(true);
  });
});

describe('Usage', () => {
  it('shows the present windows and the rates of the plan', async () => {
    await spend(400);
    const { body } = await get('/usage?days=7').expect(200);
    expect(body).toMatchObject({
      windows: [
        { scope: 'user_day', limitMicroUsd: 10_000_000, spentMicroUsd: 400 },
        { scope: 'org_day', limitMicroUsd: null, spentMicroUsd: 400 },
        { scope: 'org_month', limitMicroUsd: null, spentMicroUsd: 400 },
      ],
      rates: { plan: 'free', requests: { limit: 10, remaining: 10, resetsAt: null }, tokens: { limit: 50_000 } },
      byDay: [],
    });
  });

  it('adds up what was used by day, model and person, and does not take an unknown price for nothing', async () => {
    const { orgId, userId } = owner;
    for (const [model, cost] of [
      ['a/b', 100],
      ['a/b', null],
      [null, 50],
    ] as const) {
      await query(
        `INSERT INTO usage_record (id, org_id, execution_id, user_id, model, input_tokens, output_tokens, cost_micro_usd) VALUES ($1, $2, $1, $3, $4, 10, 5, $5)`,
        [newId(), orgId, userId, model, cost],
      );
    }
    const { body } = await get('/usage').expect(200);
    expect(body.byDay).toEqual([
      {
        day: new Date().toISOString().slice(0, 10),
        calls: 3,
        inputTokens: 30,
        outputTokens: 15,
        costMicroUsd: 150,
        unpricedCalls: 1,
      },
    ]);
    expect(body.byModel).toMatchObject([
      { id: 'a/b', costMicroUsd: 100, unpricedCalls: 1 },
      { id: null, name: null, costMicroUsd: 50 },
    ]);
    expect(body.byUser).toMatchObject([{ id: userId, calls: 3 }]);
  });
});

describe('A door that starts model work', () => {
  const work = (token: string, headers: Record<string, string> = {}, path = '/limited'): supertest.Test =>
    app.call('post', path, { token, headers });

  it('says on every answer what is left', async () => {
    const { headers } = await work(owner.accessToken).expect(202);
    expect(headers).toMatchObject({
      'ratelimit-policy': '"requests";q=10;w=60',
      'x-ratelimit-limit': '10',
      'x-ratelimit-remaining': '9',
    });
    expect(headers.ratelimit).toMatch(/^"requests";r=9;t=(60|59)$/);
    expect(Number(headers['x-ratelimit-reset']) * 1000 - Date.now()).toBeLessThanOrEqual(61_000);
  });

  it('lets ten of thirty requests through, however they are spelled and whichever key they carry', async () => {
    const { key } = await app.apiKey(owner, ['executions:start']);
    const { key: other } = await app.apiKey(owner, ['executions:start']);
    const tokens = [owner.accessToken, key, other];
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_none, index) =>
        work(
          tokens[index % 3] as string,
          { 'X-Forwarded-For': `203.0.113.${index}` },
          ['/limited', '/limited/', '/LIMITED', '/limited?again=1'][index % 4],
        ),
      ),
    );
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(20);
    const { body, headers } = refused[0] as supertest.Response;
    expect(body).toMatchObject({ code: 'rate_limit.requests', status: 429, retryable: true });
    expect(body.detail).toMatch(/^Your plan allows 10 requests per minute and person .* after 20\d\d-.*Z\.$/);
    expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(headers['x-ratelimit-remaining']).toBe('0');
  });
});
