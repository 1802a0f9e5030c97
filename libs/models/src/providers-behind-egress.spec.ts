import { EgressClient } from '#platform/egress';
import { createProviders, ProviderError } from '#providers';
import { type Fault, type FaultName, FAULTS } from '../../providers/src/testing/faults.js';
import { startFaultyProvider } from '../../providers/src/testing/faulty-provider.js';

// Real: the egress door, the providers, sockets. The faults and their outcomes are those of docs/faulty-providers.md.
const API_KEY = 'sk-Zk39canaryQ7vT2mXw8LrB5nYc1HdG';
const DEADLINES = { connectMs: 500, firstTokenMs: 600, idleMs: 300, totalMs: 3_000 };
const MODELS = [
  ['openai/gpt-4o-mini', 'openai/__fixtures__'],
  ['anthropic/claude-opus-5-5', 'anthropic/__fixtures__'],
  ['google/gemini-3.5-flash', 'google/__fixtures__'],
  ['ollama/qwen3:8b', 'ollama/__fixtures__'],
] as const;

describe.each(MODELS)('%s behind the egress door', (model, folder) => {
  const outcomeOf = async (name: FaultName, deadlines: Partial<typeof DEADLINES>): Promise<unknown> => {
    const server = await startFaultyProvider(folder, name);
    const { baseUrl } = server;
    const egress = new EgressClient({ allowCidrs: [], trustedOrigins: [new URL(baseUrl).origin] });
    const keyed = { apiKey: API_KEY, baseUrl };
    const router = createProviders({
      fetch: egress.fetchWith({}),
      openai: keyed,
      anthropic: keyed,
      google: keyed,
      ollama: keyed,
      deadlines,
    });
    const call = { messages: [{ role: 'user' as const, content: 'What is the weather in Paris and in Berlin?' }] };
    try {
      for await (const part of router.languageModel(model).stream(call)) void part;
      return null;
    } catch (error) {
      return error;
    } finally {
      await server.close();
      await egress.close();
    }
  };

  // Loading an SDK takes longer than these tests wait for a connection.
  beforeAll(() => outcomeOf('server-error', {}));

  it.each(Object.keys(FAULTS) as FaultName[])('fails as the table of faulty providers says: %s', async (name) => {
    const fault: Fault = FAULTS[name];
    const outcome = await outcomeOf(name, DEADLINES);
    if (fault.code === null) expect(outcome).toBeNull();
    else {
      expect(outcome).toBeInstanceOf(ProviderError);
      expect(outcome).toMatchObject({ code: fault.code, retryable: fault.retryable });
      expect((outcome as Error).message).not.toContain(API_KEY.slice(0, 12));
    }
  });
});
