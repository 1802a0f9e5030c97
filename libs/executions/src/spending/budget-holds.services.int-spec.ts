/** Real: Postgres, migrations, journal, escrow, kernel with its kinds, waits; two "processes" on one database. Fake: the provider behind the model call, and the queue. */
import { BillingModule, BudgetExhausted, Escrow } from '#billing';
import type { Graph } from '#kernel';
import { newId } from '#platform/ids';
import { edges, FakeStepServices, node } from '../../../kernel/src/testing/index.js';
import { eventually } from '../../../platform/src/testing/eventually.js';
import { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { moneyViolations } from '../../../../test/support/money-violations.js';
import { currentRun } from '../current-run.js';
import { ExecutionsService } from '../executions.service.js';
import { testCall } from '../testing/call-record.factory.js';
import { ExecutionsTestProcess } from '../testing/executions-test-process.js';
import { TestOrg } from '../testing/test-org.js';
import { eventTypesOf, readRun, startRun, takeRun } from '../testing/test-runs.js';
import { ExecutionWhy } from '../why/execution-why.js';
import { budgetStepError } from './budget-hold.js';
import { PLAIN_SPENDING, type RunSpending } from './run-spending.js';
import { RunBudgetService } from './run-budget.service.js';
import { SpendingRounds } from './spending-rounds.js';

const ESTIMATE = 1_000;
const COST = 400;

const asking: Graph = {
  nodes: [
    node('start', 'start'),
    node('ask', 'llm', { model: 'paid/model', prompt: 'Hi' }),
    node('output', 'output', { expression: 'steps.ask.text' }),
  ],
  edges: edges('start > ask > output'),
};

let testDatabase: TestDatabase;
let process: ExecutionsTestProcess;

/** Reserves, "asks", and hands in the record, as a model call does. */
const outside = new FakeStepServices({
  generate: async () => {
    const { orgId, executionId, attempt, userId, budget, recordCall } = currentRun();
    const reservation = await process
      .get(Escrow)
      .reserve({
        orgId,
        executionId,
        attempt,
        userId,
        budgetExecutionId: budget.executionId,
        runBudgetMicroUsd: budget.limitMicroUsd,
        amountMicroUsd: ESTIMATE,
      })
      .catch((error: unknown) => {
        throw error instanceof BudgetExhausted ? budgetStepError(error) : error;
      });
    const settlement = { reservationId: reservation.id, amountMicroUsd: COST };
    recordCall(testCall({ costMicroUsd: COST, settlement }));
    return { text: 'Hello' };
  },
});

beforeAll(async () => {
  testDatabase = await TestDatabase.create();
  process = await ExecutionsTestProcess.start(testDatabase, { outside, modules: [BillingModule] });
});

afterAll(async () => {
  await process.stop();
  await testDatabase.drop();
});

const limit = (org: TestOrg, column: string, value: unknown): Promise<unknown> =>
  process.query(
    `INSERT INTO spending_limit (id, org_id, ${column}) VALUES ($1, $2, $3)
     ON CONFLICT (org_id) DO UPDATE SET ${column} = excluded.${column}`,
    [newId(), org.id, value],
  );
const topUp = async (org: TestOrg, amount: number): Promise<void> => {
  await process.query(
    `INSERT INTO budget (org_id, scope, subject, starts_on, credited_micro_usd) VALUES ($1, 'balance', $1, '1970-01-01', $2)
     ON CONFLICT (org_id, scope, subject, starts_on) DO UPDATE SET credited_micro_usd = budget.credited_micro_usd + $2`,
    [org.id, amount],
  );
  await process.query(`INSERT INTO ledger_entry (id, org_id, kind, amount_micro_usd) VALUES ($1, $2, 'top_up', $3)`, [
    newId(),
    org.id,
    amount,
  ]);
};
const start = async (org: TestOrg, spending: RunSpending = PLAIN_SPENDING): Promise<string> => {
  const id = await startRun(process, org, { spending });
  await take(org, id);
  return id;
};
const take = (org: TestOrg, id: string): Promise<boolean> => takeRun(process, org, id);
const read = (org: TestOrg, id: string): ReturnType<typeof readRun> => readRun(process, org, id);
const eventTypes = (org: TestOrg, id: string): Promise<string[]> => eventTypesOf(process, org, id);

describe('A run whose organisation has no money left', () => {
  it('waits, says for what, and goes on after a top-up', async () => {
    const org = await TestOrg.create(process, asking);
    await limit(org, 'prepaid', true);
    const id = await start(org);
    const found = await read(org, id);
    expect(found).toMatchObject({
      status: 'waiting',
      waits: [{ kind: 'budget', path: 'ask', payload: { budget: 'balance' } }],
    });
    expect(await org.as(() => process.get(ExecutionWhy).explain(id))).toMatchObject({
      status: 'waiting',
      summary:
        'The prepaid balance of your organisation ($0.00) has no room for a model call of up to $0.001. Top it up to go on.',
      blockers: [{ kind: 'budget', path: 'ask', actions: ['open-usage', 'cancel'] }],
    });
    expect(await eventTypes(org, id)).toContain('budget-hold');

    await process.get(SpendingRounds).reconcile();
    expect(await take(org, id)).toBe(false);
    await topUp(org, 5_000);
    await process.get(SpendingRounds).reconcile();
    expect(await take(org, id)).toBe(true);
    expect(await read(org, id)).toMatchObject({ status: 'succeeded', output: 'Hello' });
    expect((await eventTypes(org, id)).filter((type) => /budget|wait/.test(type))).toEqual([
      ...['budget-hold', 'wait-start', 'wait-end'],
    ]);
    expect(await moneyViolations((sql) => process.query(sql), { atRest: false })).toEqual([]);
  });

  it('goes on when its limit is raised, and no more of them than there is money for', async () => {
    const org = await TestOrg.create(process, asking);
    await limit(org, 'org_day_micro_usd', 0);
    const ids = [await start(org), await start(org), await start(org)];
    await limit(org, 'org_day_micro_usd', 2 * ESTIMATE);
    await process.get(SpendingRounds).reconcile();
    const went = await Promise.all(ids.map((id) => take(org, id)));
    expect(went).toEqual([true, true, false]);
  });

  it('goes on by itself when its day is over', async () => {
    const org = await TestOrg.create(process, asking);
    await limit(org, 'org_day_micro_usd', ESTIMATE);
    const id = [await start(org), await start(org)][1] ?? '';
    const [{ waits } = { waits: [] }] = [await read(org, id)];
    expect(waits).toMatchObject([{ kind: 'budget' }]);
    const midnight = new Date(new Date().setUTCHours(24, 0, 0, 0)).toISOString();
    expect(JSON.parse(JSON.stringify(waits))).toMatchObject([{ dueAt: midnight }]);
    await process.query(`UPDATE wait SET due_at = now() WHERE execution_id = $1 RETURNING id`, [id]);
    await process.query(
      `UPDATE budget SET starts_on = starts_on - 1 WHERE org_id = $1 AND scope = 'org_day' RETURNING org_id`,
      [org.id],
    );
    await process.reconciler.reconcile();
    expect(await take(org, id)).toBe(true);
    expect(await read(org, id)).toMatchObject({ status: 'succeeded' });
  });

  it('fails instead when it was started so', async () => {
    const org = await TestOrg.create(process, asking);
    await limit(org, 'prepaid', true);
    const id = await start(org, { ...PLAIN_SPENDING, onBudget: 'fail' });
    expect(await read(org, id)).toMatchObject({
      status: 'failed',
      error: { code: 'budget.exhausted', stepId: 'ask', retryable: false },
    });
  });
});

describe('A run with a budget of its own', () => {
  it('waits when the budget is used up, whatever the organisation has, and goes on when it is raised', async () => {
    const org = await TestOrg.create(process, asking);
    const id = await start(org, { ...PLAIN_SPENDING, budgetMicroUsd: ESTIMATE - 1 });
    expect(await read(org, id)).toMatchObject({
      status: 'waiting',
      waits: [{ kind: 'budget', payload: { budget: 'run' } }],
    });
    const [row] = await process.query(
      `SELECT budget_micro_usd::int AS budget, on_budget FROM execution WHERE id = $1`,
      [id],
    );
    expect(row).toEqual({ budget: ESTIMATE - 1, on_budget: 'wait' });
    const setBudget = (amount: number): Promise<void> => org.as(() => process.get(RunBudgetService).set(id, amount));
    await setBudget(ESTIMATE);
    await process.get(SpendingRounds).reconcile();
    expect(await take(org, id)).toBe(true);
    await expect(setBudget(1)).rejects.toMatchObject({ code: 'execution.already_finished' });
  });

  it('shares it with the runs that it starts', async () => {
    const org = await TestOrg.create(process, asking);
    const parent = {
      nodes: [
        node('start', 'start'),
        node('sub', 'sub-agent', { agentId: org.agentId, input: '{}' }),
        node('ask', 'llm', { model: 'paid/model', prompt: 'Hi' }),
        node('output', 'output', { expression: 'steps.sub' }),
      ],
      edges: edges('start > ask > sub > output'),
    };
    const agentId = await org.addAgent(process, parent);
    const command = {
      agentId,
      input: {},
      mode: 'background' as const,
      trigger: 'api',
      spending: { ...PLAIN_SPENDING, budgetMicroUsd: ESTIMATE + COST - 1 },
    };
    const { executionId } = await org.as(() => process.get(ExecutionsService).start(command));
    await take(org, executionId);
    const childOf = (): Promise<{ id: string; root: string }[]> =>
      process.query(`SELECT id, budget_execution_id AS root FROM execution WHERE parent_id = $1`, [executionId]);
    await eventually(async () => (await childOf()).length > 0);
    const [child] = await childOf();
    expect(child?.root).toBe(executionId);
    await take(org, child?.id ?? '');
    // The parent has spent 400 of 1,399; the call of the child may cost 1,000.
    expect(await read(org, child?.id ?? '')).toMatchObject({
      status: 'waiting',
      waits: [{ kind: 'budget', payload: { budget: 'run', subjectId: executionId } }],
    });
  });
});
