import { createProvider } from '../create-provider.js';
import { collectStream } from '../model/collect-stream.js';
import type { CallOptions } from '../model/call-options.js';
import { FakeClock } from '../testing/fake-clock.js';
import { FakeLanguageModel } from '../testing/fake-language-model.js';
import { deadlinesFor, type Fault, type FaultName, FAULTS } from '../testing/faults.js';
import { startFaultyProvider } from '../testing/faulty-provider.js';
import type { EndedAttempt } from './attempt.js';
import { type Provider, ProviderRouter } from './provider-router.js';

const CALL: CallOptions = { messages: [{ role: 'user', content: 'What is the weather in Paris?' }] };
const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

/** Real: router, OpenAI provider and its SDK, sockets. Fake: the server, the model that stands by, the clock of pauses. */
describe('a call to a provider that fails, with another model standing by', () => {
  const standby: Provider = {
    languageModel: () => new FakeLanguageModel({ text: 'From the other one.' }),
    embeddingModel: () => {
      throw new Error('not needed here');
    },
  };

  const ask = async (faultName: FaultName) => {
    const server = await startFaultyProvider('openai/__fixtures__', faultName);
    const provider = createProvider('openai', { fetch, apiKey: 'sk-test-key-not-real', baseUrl: server.baseUrl });
    const providers = new Map([
      ['openai', { provider, takesAnyModel: true }],
      ['fake', { provider: standby, takesAnyModel: true }],
    ]);
    const router = new ProviderRouter(providers, deadlinesFor(FAULTS[faultName]), { clock: new FakeClock() });
    const candidates = ['openai/gpt-4o-mini', 'fake/b'].map((model) => router.candidate({ model }));
    const ended: EndedAttempt[] = [];
    const model = router.fallback([candidates[0]!, candidates[1]!], { end: (attempt) => ended.push(attempt) });
    let said = '';
    const [answer] = await Promise.allSettled([collectStream(model, CALL, (text) => (said += text))]);
    const requests = server.requestCount();
    await server.close();
    return { answer, ended, said, requests };
  };

  // Loading an SDK takes longer than these tests wait for a connection.
  beforeAll(() => ask('server-error'));

  it.each(FAULT_NAMES)('ends as the table says, with one record for every request: %s', async (faultName) => {
    const fault: Fault = FAULTS[faultName];
    const { answer, ended, said, requests } = await ask(faultName);
    const lost = ended.filter(({ model }) => model.id === 'openai/gpt-4o-mini');
    expect(lost).toHaveLength(requests);
    if (fault.code === null) {
      expect(answer).toMatchObject({ status: 'fulfilled', value: { text: said } });
      expect(ended.map(({ errorCode }) => errorCode)).toEqual([null]);
      return;
    }
    expect(new Set(lost.map(({ errorCode }) => errorCode))).toEqual(new Set([fault.code]));
    const wasShown = lost.some(({ firstTokenMs }) => firstTokenMs !== null);
    expect(wasShown).toBe(said !== 'From the other one.');
    if (wasShown) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: fault.code, outputStarted: true } });
      expect(lost).toHaveLength(1);
      expect(lost[0]?.usage).toMatchObject({ estimated: true, inputTokens: expect.any(Number) as number });
    } else {
      expect(answer).toMatchObject({ status: 'fulfilled', value: { text: 'From the other one.' } });
      expect(ended.at(-1)).toMatchObject({ fallback: true, errorCode: null });
    }
  });
});
