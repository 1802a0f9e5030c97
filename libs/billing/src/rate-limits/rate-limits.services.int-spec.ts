/** Real: Postgres and the embedded database, migrations; two "processes" with a pool each. Nothing is a fake. */
import { newId } from '#platform/ids';
import { onServer, TestDatabase } from '../../../platform/src/testing/test-database.js';
import { BudgetExhausted } from '../escrow/budget-exhausted.js';
import { BillingTestProcess } from '../testing/billing-test-process.js';
import type { RateSubject } from './rate-window.js';

describe.each(['postgres', 'embedded'] as const)('Rate limits, on %s', (kind) => {
  let testDatabase: TestDatabase;
  let here: BillingTestProcess;
  let there: BillingTestProcess;

  beforeAll(async () => {
    testDatabase = await TestDatabase.create(kind);
    here = await BillingTestProcess.start(testDatabase);
    there = kind === 'postgres' ? await BillingTestProcess.start(testDatabase) : here.beside();
  });

  afterAll(async () => {
    await here.database.close();
    if (kind === 'postgres') await there.database.close();
    await testDatabase.drop();
  });

  const someone = async (plan: 'free' | 'basic' | 'pro' | 'enterprise'): Promise<RateSubject> => ({
    orgId: await here.addOrg({}, plan),
    userId: newId(),
  });
  const ask = (subject: RateSubject, count: number): Promise<boolean[]> =>
    Promise.all(
      Array.from({ length: count }, async (_none, index) => {
        const window = await (index % 2 === 0 ? here : there).limits.countRequest(subject);
        return window?.granted ?? true;
      }),
    );
  const pass = (subject: RateSubject): Promise<unknown> =>
    here.query(`UPDATE rate_window SET ends_at = clock_timestamp() WHERE org_id = $1 RETURNING org_id`, [
      subject.orgId,
    ]);

  it.each([
    ['free', 10],
    ['basic', 30],
    ['pro', 100],
    ['enterprise', 200],
  ] as const)(
    'let exactly the requests of plan %s through when 200 come at once to two processes: %i',
    async (plan, allowed) => {
      const granted = await ask(await someone(plan), 200);
      expect(granted.filter(Boolean)).toHaveLength(allowed);
    },
  );

  it('are each person’s own, and one for what nobody asked for', async () => {
    const first = await someone('free');
    const others: RateSubject[] = [
      { ...first, userId: newId() },
      { ...first, userId: null },
    ];
    await ask(first, 10);
    expect(await ask(first, 1)).toEqual([false]);
    for (const other of others) expect((await ask(other, 20)).filter(Boolean)).toHaveLength(10);
  });

  it('begin anew after a minute, and say when that is', async () => {
    const subject = await someone('free');
    await ask(subject, 10);
    const refused = await here.limits.countRequest(subject);
    expect(refused).toMatchObject({ granted: false, limit: 10, remaining: 0 });
    const waitMs = (refused?.resetsAt.getTime() ?? 0) - Date.now();
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(60_500);
    await pass(subject);
    expect((await ask(subject, 20)).filter(Boolean)).toHaveLength(10);
  });

  it('do not count what they refuse', async () => {
    const subject = await someone('free');
    await here.limits.reserveTokens({ ...subject, tokens: 30_000 });
    await expect(here.limits.reserveTokens({ ...subject, tokens: 30_000 })).rejects.toBeInstanceOf(BudgetExhausted);
    expect(await there.limits.reserveTokens({ ...subject, tokens: 20_000 })).toMatchObject({ tokens: 20_000 });
  });

  it('take the tokens that a call may use, and give back those that it did not', async () => {
    const subject = await someone('free');
    const hold = await here.limits.reserveTokens({ ...subject, tokens: 45_000 });
    const refused = await here.limits.reserveTokens({ ...subject, tokens: 10_000 }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ budget: 'tokens_minute', limitMicroUsd: 50_000 });
    await here.limits.settleTokens(hold, 1_200);
    expect(await here.limits.reserveTokens({ ...subject, tokens: 48_800 })).not.toBeNull();
  });

  it('let a call that is larger than a whole minute have the minute, and give back into no later one', async () => {
    const subject = await someone('free');
    const hold = await here.limits.reserveTokens({ ...subject, tokens: 900_000 });
    expect(hold?.tokens).toBe(50_000);
    await pass(subject);
    await here.limits.settleTokens(hold, 10);
    expect(await here.limits.reserveTokens({ ...subject, tokens: 50_000 })).not.toBeNull();
    await expect(here.limits.reserveTokens({ ...subject, tokens: 1 })).rejects.toBeInstanceOf(BudgetExhausted);
  });

  if (kind === 'postgres') {
    it('refuse nobody wrongly and let nobody through when their connections are cut in the middle', async () => {
      const subject = await someone('basic');
      await ask(subject, 30);
      await onServer(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${testDatabase.name}' AND pid <> pg_backend_pid()`,
      );
      const granted = await Promise.all(
        Array.from({ length: 20 }, () =>
          here.limits.countRequest(subject).then(
            (window) => window?.granted ?? true,
            () => false,
          ),
        ),
      );
      expect(granted).not.toContain(true);
    });
  }
});
