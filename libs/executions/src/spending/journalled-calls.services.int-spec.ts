/** Real: Postgres and the embedded database, migrations, journal, escrow; two "processes" on one database. Fake: outside world and queue. */
import { BillingModule, Escrow, type Reservation } from '#billing';
import { NO_USAGE } from '#kernel';
import { newId } from '#platform/ids';
import { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { moneyViolations } from '../../../../test/support/money-violations.js';
import { RunLostError } from '../executions.errors.js';
import { callRow } from '../journal/call-rows.js';
import type { JournalEntry } from '../journal/journal-entry.js';
import { Journal } from '../journal/journal.js';
import { testCall } from '../testing/call-record.factory.js';
import { ExecutionsTestProcess } from '../testing/executions-test-process.js';
import { SessionUnderTest } from '../testing/run-session.factory.js';
import { TestOrg } from '../testing/test-org.js';
import { AbandonedCalls } from './abandoned-calls.js';
import { LateCalls } from './late-calls.js';

describe.each(['postgres', 'embedded'] as const)('Model calls in the journal, on %s', (kind) => {
  let testDatabase: TestDatabase;
  let process: ExecutionsTestProcess;
  let org: TestOrg;

  beforeAll(async () => {
    testDatabase = await TestDatabase.create(kind);
    process = await ExecutionsTestProcess.start(testDatabase, { modules: [BillingModule] });
  });

  beforeEach(async () => {
    org = await TestOrg.create(process);
  });

  afterAll(async () => {
    await process.stop();
    await testDatabase.drop();
  });

  const violations = (): Promise<string[]> =>
    moneyViolations((sql, parameters) => process.query(sql, parameters), { atRest: false });

  const begin = async (): Promise<string> => {
    const executionId = newId();
    await write({ executionId, attempt: 1, accept: org.row(), steps: [], logs: [] });
    return executionId;
  };
  const write = (entry: JournalEntry): Promise<unknown> => process.get(Journal).write(entry);
  const reserve = (executionId: string, amountMicroUsd: number): Promise<Reservation> =>
    process.get(Escrow).reserve({
      orgId: org.id,
      userId: org.userId,
      executionId,
      attempt: 1,
      runBudgetMicroUsd: null,
      amountMicroUsd,
    });
  const factsOf = (executionId: string): Parameters<typeof callRow>[1] => ({
    executionId,
    agentId: org.agentId,
    agentVersion: 1,
    userId: org.userId,
  });
  const settledCall = (executionId: string, { id: reservationId }: Reservation, amountMicroUsd: number): string =>
    callRow(
      testCall({ costMicroUsd: amountMicroUsd, settlement: { reservationId, amountMicroUsd } }),
      factsOf(executionId),
    );
  const countOf = async (table: string, executionId: string): Promise<number> => {
    const [row] = await process.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${table} WHERE execution_id = $1`,
      [executionId],
    );
    return row?.count ?? 0;
  };
  const spentToday = async (): Promise<{ spent: number; reserved: number }> => {
    const [row] = await process.query<{ spent: number; reserved: number }>(
      `SELECT spent_micro_usd::int AS spent, reserved_micro_usd::int AS reserved FROM budget WHERE org_id = $1 AND scope = 'user_day'`,
      [org.id],
    );
    return row ?? { spent: 0, reserved: 0 };
  };

  it('are recorded, counted and paid in the commit of their run, with its organisation and agent', async () => {
    const executionId = await begin();
    const reservation = await reserve(executionId, 1_000);
    expect(await spentToday()).toEqual({ spent: 0, reserved: 1_000 });
    await write({ executionId, attempt: 1, steps: [], logs: [], calls: [settledCall(executionId, reservation, 300)] });
    expect(await spentToday()).toEqual({ spent: 300, reserved: 0 });
    const rows = await process.query(
      `SELECT org_id, agent_id, agent_version, user_id, step_path, parameters, cost_micro_usd::int AS cost FROM generation WHERE execution_id = $1`,
      [executionId],
    );
    expect(rows).toEqual([
      {
        org_id: org.id,
        agent_id: org.agentId,
        agent_version: 1,
        user_id: org.userId,
        step_path: 'ask',
        parameters: { temperature: 0.2 },
        cost: 300,
      },
    ]);
    expect(await countOf('usage_record', executionId)).toBe(1);
    expect(await violations()).toEqual([]);
  });

  it('change nothing when they are written twice, as after a lost answer', async () => {
    const executionId = await begin();
    const calls = [settledCall(executionId, await reserve(executionId, 1_000), 300)];
    for (let each = 0; each < 2; each += 1) await write({ executionId, attempt: 1, steps: [], logs: [], calls });
    expect([await countOf('generation', executionId), await countOf('usage_record', executionId)]).toEqual([1, 1]);
    expect(await spentToday()).toEqual({ spent: 300, reserved: 0 });
  });

  it('go into the ledger even when the attempt at the run is lost, because the provider was asked', async () => {
    const executionId = await begin();
    const calls = [settledCall(executionId, await reserve(executionId, 1_000), 250)];
    await process.query(`UPDATE execution SET attempt = 2 WHERE id = $1 RETURNING id`, [executionId]);
    await expect(write({ executionId, attempt: 1, steps: [], logs: [], calls })).rejects.toBeInstanceOf(RunLostError);
    expect(await spentToday()).toEqual({ spent: 0, reserved: 1_000 });
    await process.get(LateCalls).write(calls);
    expect(await spentToday()).toEqual({ spent: 250, reserved: 0 });
    expect(await violations()).toEqual([]);
  });

  it('never settle what another run has reserved', async () => {
    const [mine, other] = [await begin(), await begin()];
    const reservation = await reserve(other, 1_000);
    await write({ executionId: mine, attempt: 1, steps: [], logs: [], calls: [settledCall(mine, reservation, 0)] });
    expect(await spentToday()).toEqual({ spent: 0, reserved: 1_000 });
  });

  it('of a process that died are settled once at their estimate, and not while their attempt goes on', async () => {
    const [dead, alive] = [await begin(), await begin()];
    await reserve(dead, 700);
    await reserve(alive, 40);
    const abandoned = process.get(AbandonedCalls);
    expect(await abandoned.settle(0)).toBe(0);
    await process.query(`UPDATE execution SET attempt = 2 WHERE id = $1 RETURNING id`, [dead]);
    const rounds = await Promise.all([abandoned.settle(0), abandoned.settle(0), abandoned.settle(0)]);
    expect(rounds.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(await spentToday()).toEqual({ spent: 700, reserved: 40 });
    const [used] = await process.query(
      `SELECT provider, usage_flag, cost_micro_usd::int AS cost FROM usage_record WHERE execution_id = $1`,
      [dead],
    );
    expect(used).toEqual({ provider: null, usage_flag: 'estimated', cost: 700 });
    expect(await violations()).toEqual([]);
  });

  it('of many runs at once are paid without anybody waiting in a circle', async () => {
    const runs = await Promise.all(Array.from({ length: 40 }, () => begin()));
    await Promise.all(
      runs.map(async (executionId, index) => {
        for (let call = 0; call < 5; call += 1) {
          const reservation = await reserve(executionId, 100 + index);
          await write({
            executionId,
            attempt: 1,
            steps: [],
            logs: [],
            calls: [settledCall(executionId, reservation, 10)],
          });
        }
      }),
    );
    expect(await spentToday()).toEqual({ spent: 2_000, reserved: 0 });
    expect(await violations()).toEqual([]);
  });
});

describe('Model calls of one attempt', () => {
  const row = (id: string): string => JSON.stringify({ id });

  it('travel with the next commit', async () => {
    const under = new SessionUnderTest();
    under.session.recordCall(row('a'), NO_USAGE);
    await under.session.commit();
    expect(under.entries.at(-1)?.calls).toEqual([row('a')]);
  });

  it('are handed on when the commit is refused, and when they end after their run', async () => {
    const late: string[] = [];
    const under = new SessionUnderTest({ lateCalls: (rows) => late.push(...rows) });
    under.failure = new RunLostError();
    under.session.recordCall(row('refused'), NO_USAGE);
    await expect(under.session.commit()).rejects.toBeInstanceOf(RunLostError);
    under.session.recordCall(row('too late'), NO_USAGE);
    under.session.dispose();
    expect(late).toEqual([row('refused'), row('too late')]);
  });
});
