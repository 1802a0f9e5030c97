import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../browser/support/eventually.js';
import { type FakeOpenAiServer, startFakeOpenAiServer } from '../../libs/providers/src/testing/fake-openai-server.js';
import { ApiClient } from '../support/clients/api.client.js';
import { chain } from '../support/graphs/chain.js';
import { newOrg } from '../support/new-org.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';

interface SpendingWindow {
  readonly scope: string;
  readonly limitMicroUsd: number | null;
  readonly spentMicroUsd: number;
  readonly reservedMicroUsd: number;
}

interface LedgerEntry {
  readonly kind: string;
  readonly amountMicroUsd: number;
}

interface Generation {
  readonly provider: string;
  readonly costMicroUsd: number | null;
}

const BUDGETS = {
  prepaid: true,
  orgDayMicroUsd: null,
  orgMonthMicroUsd: null,
  userDayMicroUsd: null,
  runMicroUsd: null,
};

const asking = chain(
  [{ id: 'ask', kind: 'llm', config: { model: 'openai/gpt-4o-mini', prompt: 'Say something.', maxTokens: 1_000 } }],
  '{ "text": steps.ask.text }',
);

/** Real: server processes, stores, the way out. The provider is a server of this test that says what it used. */
describe('paying for model calls', () => {
  let provider: FakeOpenAiServer;
  let agentflow: AgentFlow;
  let client: ApiClient;
  let agentId: string;
  /** Whether the provider takes requests and never answers. */
  let isSilent = false;
  /** What one call may cost at most. */
  let estimate: number;

  beforeAll(async () => {
    provider = await startFakeOpenAiServer({ tokenCount: 30, fault: () => (isSilent ? { kind: 'hang' } : undefined) });
    agentflow = await startAgentFlow({
      settings: { OPENAI_API_KEY: 'sk-nothing-that-opens-anything', OPENAI_BASE_URL: provider.baseUrl },
      // Of 200 chats at once, a busy machine asks some to come again: no connection to the database was free for 5 s.
      expectedComplaints: [/"code":"database\.unavailable"/],
    });
  });

  beforeEach(async () => {
    client = (await newOrg(agentflow.url, 'Payer')).owner;
    await client.http.ask('PUT', '/billing/budgets', BUDGETS);
    agentId = await client.agents.publishNew(asking);
    const { id } = await client.executions.start({ agentId, input: {} });
    const { waits } = await client.executions.waiting(id);
    estimate = (waits[0]?.payload as { neededMicroUsd: number }).neededMicroUsd;
    await client.http.ask('POST', `/executions/${id}/cancel`);
  });

  afterAll(async () => {
    await agentflow?.stop();
    await provider?.close();
  });

  const topUp = (amountMicroUsd: number): Promise<unknown> =>
    client.http.ask('POST', '/billing/top-ups', { amountMicroUsd });
  const balance = async (): Promise<SpendingWindow> => {
    const { windows } = await client.http.ask<{ windows: SpendingWindow[] }>('GET', '/billing/usage');
    return windows.find(({ scope }) => scope === 'balance') as SpendingWindow;
  };
  const ledger = async (): Promise<LedgerEntry[]> => {
    const all: LedgerEntry[] = [];
    for (let cursor = ''; ;) {
      const page = await client.http.ask<{ data: LedgerEntry[]; nextCursor: string | null }>(
        'GET',
        `/billing/ledger?limit=100${cursor}`,
      );
      all.push(...page.data);
      if (page.nextCursor === null) return all;
      cursor = `&cursor=${page.nextCursor}`;
    }
  };
  const sumOf = (entries: readonly LedgerEntry[]): number =>
    entries.reduce((sum, { amountMicroUsd }) => sum + amountMicroUsd, 0);

  it('lets one of 200 runs have the money for one, on whichever process they run', async () => {
    await topUp(estimate);
    const asked = provider.requests.length;
    const runs = await Promise.all(
      Array.from({ length: 200 }, (_none, index) =>
        client.executions.start({
          agentId,
          input: {},
          onBudget: 'fail',
          mode: index % 2 === 0 ? 'wait' : 'async',
          waitSeconds: 60,
        }),
      ),
    );
    const ended = await Promise.all(runs.map(({ id }) => client.executions.ended(id)));
    expect(ended.filter(({ status }) => status === 'succeeded')).toHaveLength(1);
    const refused = ended.filter(({ status }) => status !== 'succeeded');
    expect(new Set(refused.map(({ error }) => error?.code))).toEqual(new Set(['budget.exhausted']));
    expect(provider.requests.length - asked).toBe(1);
    const { limitMicroUsd, spentMicroUsd, reservedMicroUsd } = await balance();
    expect(spentMicroUsd).toBeGreaterThan(0);
    expect(reservedMicroUsd).toBe(0);
    expect(sumOf(await ledger())).toBe((limitMicroUsd ?? 0) - spentMicroUsd);
  }, 120_000);

  it('answers one of 200 chats on the money for one, over two API processes, and refuses the others alike', async () => {
    const other = new ApiClient(await agentflow.startSecondApi(), client.token);
    // A chat says a little more to its model than the run that the estimate is of: less than an answer costs.
    await topUp(estimate + 15);
    const asked = provider.requests.length;
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_none, index) => sendPatiently(index % 2 === 0 ? client : other, agentId)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 200);
    const shape = ({ status, body }: (typeof refused)[number]): string =>
      `${status} ${(body as unknown as { code: string }).code}`;
    expect(new Set(refused.map(shape))).toEqual(new Set(['429 budget.exhausted']));
    expect(provider.requests.length - asked).toBe(1);
    const { limitMicroUsd, spentMicroUsd, reservedMicroUsd } = await balance();
    expect(reservedMicroUsd).toBe(0);
    expect(sumOf(await ledger())).toBe((limitMicroUsd ?? 0) - spentMicroUsd);
  }, 120_000);

  it('goes on with a run that waits for money once somebody pays in, and pays what its record says', async () => {
    const { id } = await client.executions.start({ agentId, input: {} });
    await client.executions.waiting(id);
    expect(await client.http.ask('GET', `/executions/${id}/why`)).toMatchObject({
      status: 'waiting',
      blockers: [{ kind: 'budget', path: 'ask' }],
    });
    await topUp(2 * estimate);
    const run = await client.executions.ended(id);
    expect(run.status).toBe('succeeded');
    const { data } = await client.http.ask<{ data: Generation[] }>('GET', `/executions/${id}/generations`);
    const { spentMicroUsd } = await balance();
    expect(data.map(({ costMicroUsd }) => costMicroUsd)).toEqual([spentMicroUsd]);
    const log = await client.executions.allEvents(id);
    expect(log.map(({ type }) => type)).toEqual(expect.arrayContaining(['budget-hold', 'wait-start', 'wait-end']));
  });

  it('settles the call of a process that was killed at what was set aside, once, while its run goes on', async () => {
    await topUp(10 * estimate);
    isSilent = true;
    const asked = provider.requests.length;
    const { id } = await client.executions.start({ agentId, input: {} });
    await eventually(() => Promise.resolve(expect(provider.requests.length).toBeGreaterThan(asked)));
    expect(await balance()).toMatchObject({ spentMicroUsd: 0, reservedMicroUsd: estimate });
    await agentflow.kill9(agentflow.workingRole);
    isSilent = false;
    await agentflow.restart();
    expect((await client.executions.ended(id)).status).toBe('succeeded');
    const { data } = await client.http.ask<{ data: Generation[] }>('GET', `/executions/${id}/generations`);
    const paid = data.reduce((sum, { costMicroUsd }) => sum + (costMicroUsd ?? 0), 0);
    await eventually(async () => expect((await balance()).reservedMicroUsd).toBe(0), 45_000);
    const { limitMicroUsd, spentMicroUsd } = await balance();
    expect(spentMicroUsd).toBe(paid + estimate);
    expect(sumOf(await ledger())).toBe((limitMicroUsd ?? 0) - spentMicroUsd);
  }, 120_000);

  it('holds a run at its own budget, and goes on when that is raised', async () => {
    await topUp(10 * estimate);
    const { id } = await client.executions.start({ agentId, input: {}, budgetMicroUsd: estimate - 1 });
    const { waits } = await client.executions.waiting(id);
    expect(waits[0]?.payload).toMatchObject({ budget: 'run', limitMicroUsd: estimate - 1 });
    await client.http.ask('PUT', `/executions/${id}/budget`, { budgetMicroUsd: estimate });
    expect((await client.executions.ended(id)).status).toBe('succeeded');
  });
});

/** As clients do: comes again, with the same key, while it is told that the server has too much to do. */
async function sendPatiently(client: ApiClient, agentId: string): ReturnType<ApiClient['chat']['send']> {
  const key = randomUUID();
  for (let left = 5; ; left -= 1) {
    const answer = await client.chat.send({ agentId, message: 'Go on.' }, key);
    if (answer.status !== 503 || left === 0) return answer;
    await sleep(500);
  }
}
