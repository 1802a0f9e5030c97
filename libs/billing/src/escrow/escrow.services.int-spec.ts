/** Real: Postgres and the embedded database, migrations, tenancy; two "processes" with a pool each. Nothing is a fake. */
import { newId } from '#platform/ids';
import { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { moneyViolations } from '../../../../test/support/money-violations.js';
import { BillingTestProcess } from '../testing/billing-test-process.js';
import { BudgetExhausted } from './budget-exhausted.js';
import type { CallToReserve, Reservation } from './reservation.js';

describe.each(['postgres', 'embedded'] as const)('Escrow, on %s', (kind) => {
  let testDatabase: TestDatabase;
  let here: BillingTestProcess;
  let there: BillingTestProcess;

  beforeAll(async () => {
    testDatabase = await TestDatabase.create(kind);
    here = await BillingTestProcess.start(testDatabase);
    // Embedded there is one process: the other one is another escrow in it.
    there = kind === 'postgres' ? await BillingTestProcess.start(testDatabase) : here.beside();
  });

  afterAll(async () => {
    await here.database.close();
    if (kind === 'postgres') await there.database.close();
    await testDatabase.drop();
  });

  const call = (orgId: string, amountMicroUsd: number, more: Partial<CallToReserve> = {}): CallToReserve => ({
    orgId,
    userId: null,
    executionId: newId(),
    runBudgetMicroUsd: null,
    amountMicroUsd,
    ...more,
  });

  /** What each came to: its reservation, or the name of the budget that refused it. */
  const outcomes = async (asked: readonly Promise<Reservation>[]): Promise<(Reservation | string)[]> =>
    Promise.all(
      asked.map((one) =>
        one.catch((error: unknown) => {
          expect(error).toBeInstanceOf(BudgetExhausted);
          return (error as BudgetExhausted).budget;
        }),
      ),
    );

  const granted = (found: readonly (Reservation | string)[]): Reservation[] =>
    found.filter((one): one is Reservation => typeof one !== 'string');

  const spent = async (orgId: string, scope: string): Promise<{ spent: number; reserved: number }> => {
    const [row] = await here.query<{ spent: string; reserved: string }>(
      `SELECT spent_micro_usd AS spent, reserved_micro_usd AS reserved FROM budget WHERE org_id = $1 AND scope = $2`,
      [orgId, scope],
    );
    return { spent: Number(row?.spent), reserved: Number(row?.reserved) };
  };

  const balance = async (orgId: string): Promise<number> => {
    const [row] = await here.query<{ sum: string }>(
      `SELECT coalesce(sum(amount_micro_usd), 0) AS sum FROM ledger_entry WHERE org_id = $1`,
      [orgId],
    );
    return Number(row?.sum);
  };

  it('gives exactly one of 200 calls the money for one, however many processes ask at once', async () => {
    const orgId = await here.addOrg({ prepaid: true, credited: 1_000 });
    const asked = Array.from({ length: 200 }, (_none, index) =>
      (index % 2 === 0 ? here : there).escrow.reserve(call(orgId, 900)),
    );
    const found = await outcomes(asked);
    expect(granted(found)).toHaveLength(1);
    expect(found.filter((one) => one === 'balance')).toHaveLength(199);
    expect(await balance(orgId)).toBe(100);
    expect(await moneyViolations(here.query, { atRest: false })).toEqual([]);
  });

  it('takes from every budget that binds a call, or from none', async () => {
    const userId = newId();
    const orgId = await here.addOrg({ orgDay: 1_000, orgMonth: 5_000, userDay: 400, run: 300 });
    const [first, tooMuchForTheRun, tooMuchForThePerson] = await outcomes([
      here.escrow.reserve(call(orgId, 250, { userId })),
      here.escrow.reserve(call(orgId, 301, { userId })),
      here.escrow.reserve(call(orgId, 200, { userId })),
    ]);
    expect([tooMuchForTheRun, tooMuchForThePerson]).toEqual(['run', 'user_day']);
    for (const scope of ['org_day', 'org_month', 'user_day'])
      expect(await spent(orgId, scope)).toEqual({ spent: 0, reserved: 250 });
    await here.escrow.settle(first as Reservation, 120);
    for (const scope of ['org_day', 'org_month', 'user_day'])
      expect(await spent(orgId, scope)).toEqual({ spent: 120, reserved: 0 });
  });

  it('says which budget stands in the way, how large it is and when it begins anew', async () => {
    const orgId = await here.addOrg({ orgDay: 100, orgMonth: 90 });
    const refused: BudgetExhausted = await here.escrow.reserve(call(orgId, 101)).then(
      () => Promise.reject(new Error('It was granted.')),
      (error: BudgetExhausted) => error,
    );
    const now = new Date();
    expect(refused).toMatchObject({
      code: 'budget.exhausted',
      budget: 'org_month',
      subjectId: orgId,
      limitMicroUsd: 90,
    });
    expect(refused.resetsAt).toEqual(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)));
    expect(refused.message).toMatch(/^The monthly budget of your organisation \(\$0\.00009\) has no room/);
  });

  it('lets all runs of a family draw from one budget', async () => {
    const orgId = await here.addOrg();
    const root = newId();
    const family = { budgetExecutionId: root, runBudgetMicroUsd: 500 };
    const found = await outcomes([
      here.escrow.reserve(call(orgId, 300, { ...family, executionId: root })),
      there.escrow.reserve(call(orgId, 150, family)),
      here.escrow.reserve(call(orgId, 51, family)),
    ]);
    expect(granted(found).reduce((sum, { amountMicroUsd }) => sum + amountMicroUsd, 0)).toBeLessThanOrEqual(500);
    expect(found.filter((one) => one === 'run')).toHaveLength(1);
  });

  it('closes a reservation once, whoever comes second', async () => {
    const orgId = await here.addOrg({ prepaid: true, credited: 1_000 });
    const reservation = await here.escrow.reserve(call(orgId, 800));
    await Promise.all([
      here.escrow.settle(reservation, 500),
      there.escrow.release(reservation),
      here.escrow.settle(reservation, 500),
    ]);
    const left = await balance(orgId);
    expect([500, 1_000]).toContain(left);
    await here.escrow.release(reservation);
    expect(await balance(orgId)).toBe(left);
  });

  it('writes down what a call cost beyond a prepaid balance, and never takes the balance below zero', async () => {
    const orgId = await here.addOrg({ prepaid: true, credited: 1_000 });
    const reservation = await here.escrow.reserve(call(orgId, 900));
    await here.escrow.settle(reservation, 1_500);
    expect(await balance(orgId)).toBe(0);
    const [row] = await here.query(
      `SELECT state, settled_micro_usd::int AS settled, shortfall_micro_usd::int AS shortfall FROM reservation WHERE id = $1`,
      [reservation.id],
    );
    expect(row).toEqual({ state: 'settled', settled: 1_500, shortfall: 500 });
    // The windows of the organisation say what was really spent.
    expect(await spent(orgId, 'org_day')).toEqual({ spent: 1_500, reserved: 0 });
  });

  it('asks nobody about a call that costs nothing, and refuses amounts that are none', async () => {
    const orgId = await here.addOrg({ prepaid: true });
    const free = await here.escrow.reserve(call(orgId, 0));
    await here.escrow.release(free);
    expect(await balance(orgId)).toBe(0);
    for (const amount of [-1, 1.5, Number.NaN, 1e308, 2 ** 53]) {
      await expect(here.escrow.reserve(call(orgId, amount))).rejects.toThrow(RangeError);
    }
  });

  it('never lets anybody change or take out an entry of the ledger', async () => {
    for (const sql of [`UPDATE ledger_entry SET amount_micro_usd = 0`, `DELETE FROM ledger_entry`]) {
      await expect(here.query(sql)).rejects.toThrow(/permission denied/);
    }
  });

  it('adds up after any order of reserving, settling, releasing and paying in, on two processes', async () => {
    let seed = 20_261_121;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    const users = [newId(), newId(), null];
    const orgs = await Promise.all([
      here.addOrg({ prepaid: true, credited: 5_000 }),
      here.addOrg({ prepaid: true, credited: 2_000, orgDay: 1_500, userDay: 700 }),
      here.addOrg({ orgMonth: 3_000, run: 600 }),
    ]);
    const open: Reservation[] = [];
    for (let round = 0; round < 25; round += 1) {
      const work = Array.from({ length: 12 }, async () => {
        const process = random(2) === 0 ? here : there;
        const orgId = orgs[random(orgs.length)] as string;
        const choice = random(10);
        const held = choice > 5 ? open.splice(random(open.length || 1), 1)[0] : undefined;
        if (choice === 9) await process.topUp(orgId, 1 + random(200));
        else if (held && choice === 8) await process.escrow.release(held);
        else if (held) await process.escrow.settle(held, random(2 * held.amountMicroUsd));
        else
          open.push(
            ...granted(
              await outcomes([
                process.escrow.reserve(call(orgId, 1 + random(400), { userId: users[random(3)] ?? null })),
              ]),
            ),
          );
      });
      await Promise.all(work);
      if (round % 5 === 0) expect(await moneyViolations(here.query, { atRest: false })).toEqual([]);
    }
    for (const one of open) await there.escrow.release(one);
    expect(await moneyViolations(here.query, { atRest: false })).toEqual([]);
  });
});
