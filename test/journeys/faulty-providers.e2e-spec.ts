import { FAULTS, type Fault, type FaultName } from '../../libs/providers/src/testing/faults.js';
import { type FaultyProvider, startFaultyProvider } from '../../libs/providers/src/testing/faulty-provider.js';
import type { ApiClient } from '../support/clients/api.client.js';
import type { Execution } from '../support/clients/executions.client.js';
import { chain } from '../support/graphs/chain.js';
import { expectWholeRun } from '../support/invariants.js';
import { newOrg } from '../support/new-org.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';

interface Generation {
  readonly attempt: number;
  readonly fallback: boolean;
  readonly model: string;
  readonly errorCode: string | null;
  readonly costMicroUsd: number | null;
  readonly usageFlag: string | null;
}

interface LedgerEntry {
  readonly kind: string;
  readonly amountMicroUsd: number;
}

const NAMES = Object.keys(FAULTS) as FaultName[];
/** The provider's own deadlines are long; here the node's is shorter. */
const SILENT: readonly FaultName[] = ['never-answers', 'silent-at-once', 'silent-after-words'];
const NODE_LIMIT_MS = 4_000;
/** A retry that waits for `Retry-After` takes its time. */
const OTHER_LIMIT_MS = 60_000;
/** All of them at once would keep a small machine so busy that deadlines pass. */
const FAULTS_AT_A_TIME = 6;
const TOP_UP_MICRO_USD = 100_000_000;
const BUDGETS = {
  prepaid: true,
  orgDayMicroUsd: null,
  orgMonthMicroUsd: null,
  userDayMicroUsd: null,
  runMicroUsd: null,
};

const keyOf = (fault: FaultName): string => `sk-planted-${fault}-0a1B2c3D4e5F6g7H8i9J`;
/** One model for each run, because a circuit breaker is a model's: what one run suffers would spare the other. */
const modelOf = (fault: FaultName, hasFallback: boolean): string =>
  `faulty-${fault}/${hasFallback ? 'with-fallback' : 'alone'}`;

/** Real: server processes, stores, the way out, billing. Each provider is a server of this test that fails in one way. */
describe('an agent whose model’s provider misbehaves', () => {
  const providers = new Map<FaultName, FaultyProvider>();
  let agentflow: AgentFlow;
  let client: ApiClient;
  let warmUp: Execution;
  /** By fault: a run that has nothing to fall back on, and one that has. */
  const alone = new Map<FaultName, Execution>();
  const withFallback = new Map<FaultName, Execution>();

  beforeAll(async () => {
    agentflow = await startAgentFlow({ settings: { ORG_CONCURRENT_RUNS: '100' } });
    client = (await newOrg(agentflow.url, 'Sufferer')).owner;
    await client.http.ask('PUT', '/billing/budgets', BUDGETS);
    await client.http.ask('POST', '/billing/top-ups', { amountMicroUsd: TOP_UP_MICRO_USD });
    for (const fault of NAMES) await addProvider(fault);
    // The first call of a process loads what it speaks to providers with; that is not what this story is about.
    warmUp = await run('mislabelled');
    for (let next = 0; next < NAMES.length; next += FAULTS_AT_A_TIME) {
      await Promise.all(
        NAMES.slice(next, next + FAULTS_AT_A_TIME).flatMap((fault) => [
          run(fault).then((execution) => alone.set(fault, execution)),
          run(fault, ['simulated/offline']).then((execution) => withFallback.set(fault, execution)),
        ]),
      );
    }
  }, 170_000);

  afterAll(async () => {
    await agentflow?.stop();
    await Promise.all([...providers.values()].map((provider) => provider.close()));
  });

  async function addProvider(fault: FaultName): Promise<void> {
    const provider = await startFaultyProvider('openai/__fixtures__', fault);
    providers.set(fault, provider);
    await client.http.ask('POST', '/integrations', {
      kind: 'openai-compatible',
      name: `Faulty ${fault}`,
      fields: { apiKey: keyOf(fault), baseUrl: provider.baseUrl },
    });
    for (const model of [modelOf(fault, false), modelOf(fault, true)]) {
      await client.http.ask('PUT', `/models/${encodeURIComponent(model)}`, {
        enabled: true,
        label: fault,
        prices: [{ validFrom: null, inputMicroUsd: 1_000_000, cachedInputMicroUsd: 0, outputMicroUsd: 1_000_000 }],
      });
    }
  }

  async function run(fault: FaultName, fallbackModels: readonly string[] = []): Promise<Execution> {
    const timeoutMs = SILENT.includes(fault) ? NODE_LIMIT_MS : OTHER_LIMIT_MS;
    const model = modelOf(fault, fallbackModels.length > 0);
    const config = { model, prompt: 'Say something.', maxTokens: 500, fallbackModels };
    const agentId = await client.agents.publishNew(chain([{ id: 'ask', kind: 'llm', config, timeoutMs }]), fault);
    const { id } = await client.executions.start({ agentId });
    return client.executions.ended(id, 120_000);
  }

  const generationsOf = async ({ id }: Execution): Promise<readonly Generation[]> =>
    (await client.http.ask<{ data: Generation[] }>('GET', `/executions/${id}/generations`)).data;

  /** The code of `docs/faulty-providers.md`, or the node's own where its limit comes first; null where it is answered. */
  const codeOf = (fault: FaultName): string | null => (SILENT.includes(fault) ? 'step.timeout' : FAULTS[fault].code);
  const isFinal = (fault: FaultName): boolean => {
    const { retryable, said }: Fault = FAULTS[fault];
    return !retryable || said === true;
  };

  it.each(NAMES)('ends as the table says: %s', async (fault) => {
    const execution = alone.get(fault) as Execution;
    const code = codeOf(fault);
    await expectWholeRun(client, execution.id);
    expect({ status: execution.status, code: execution.error?.code ?? null }).toEqual({
      status: code === null ? 'succeeded' : 'failed',
      code,
    });
    const generations = await generationsOf(execution);
    expect(generations.map(({ attempt }) => attempt)).toEqual(generations.map((_each, index) => index + 1));
    if (code === null) {
      expect(generations.map(({ errorCode }) => errorCode)).toEqual([null]);
    } else if (SILENT.includes(fault)) {
      expect(generations).toHaveLength(1);
    } else {
      expect(new Set(generations.map(({ errorCode }) => errorCode))).toEqual(new Set([code]));
      if (isFinal(fault)) expect(generations).toHaveLength(1);
    }
    expect(providers.get(fault)?.openReplies()).toBe(0);
  });

  it.each(NAMES.filter((fault) => !SILENT.includes(fault)))(
    'goes on with another model unless words were shown already: %s',
    async (fault) => {
      const { code, said }: Fault = FAULTS[fault];
      const execution = withFallback.get(fault) as Execution;
      const generations = await generationsOf(execution);
      if (code !== null && said !== true) {
        expect(execution.status).toBe('succeeded');
        expect(generations.at(-1)).toMatchObject({ fallback: true, model: 'simulated/offline', errorCode: null });
      } else {
        expect(execution.error?.code ?? null).toBe(code);
        expect(generations.filter(({ fallback }) => fallback)).toEqual([]);
      }
    },
  );

  it('keeps the words that came before it', async () => {
    for (const fault of NAMES.filter((name) => (FAULTS[name] as Fault).said === true)) {
      const events = await client.executions.allEvents((alone.get(fault) as Execution).id);
      const text = events.filter(({ type }) => type === 'text-delta').map(({ data }) => data['text']);
      expect({ fault, words: text.join('') }).toMatchObject({ words: expect.stringMatching(/\S/) });
    }
  });

  it('shows the key nowhere: not in the run, its steps and events, the records of its calls, nor the log', async () => {
    const shown: string[] = [agentflow.logs()];
    for (const execution of [...alone.values(), ...withFallback.values()]) {
      shown.push(
        JSON.stringify([
          await client.executions.get(execution.id),
          await client.executions.steps(execution.id),
          await client.executions.allEvents(execution.id),
          await generationsOf(execution),
        ]),
      );
    }
    const everything = shown.join('\n');
    expect(NAMES.filter((fault) => everything.includes(keyOf(fault)))).toEqual([]);
    expect(everything).not.toMatch(/sk-planted|0a1B2c3D4e5F6g7H8i9J/);
  });

  it('costs what its records say, once, and nothing stays reserved', async () => {
    const executions = [warmUp, ...alone.values(), ...withFallback.values()];
    let recorded = 0;
    for (const execution of executions) {
      const generations = await generationsOf(execution);
      const cost = generations.reduce((sum, { costMicroUsd }) => sum + (costMicroUsd ?? 0), 0);
      expect({ id: execution.id, cost: execution.usage.costMicroUsd }).toEqual({ id: execution.id, cost });
      recorded += cost;
    }
    const { windows } = await client.http.ask<{
      windows: { scope: string; spentMicroUsd: number; reservedMicroUsd: number }[];
    }>('GET', '/billing/usage');
    const balance = windows.find(({ scope }) => scope === 'balance');
    expect(balance).toMatchObject({ spentMicroUsd: recorded, reservedMicroUsd: 0 });
    const entries = await ledger();
    const count = (...kinds: string[]) => entries.filter(({ kind }) => kinds.includes(kind)).length;
    expect(count('settle', 'release')).toBe(count('reserve'));
    expect(entries.reduce((sum, { amountMicroUsd }) => sum + amountMicroUsd, 0)).toBe(TOP_UP_MICRO_USD - recorded);
  });

  async function ledger(): Promise<LedgerEntry[]> {
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
  }
});
