import { InvalidOutputError } from '../errors/invalid-output-error.js';
import { NoSuchModelError } from '../errors/no-such-model-error.js';
import { createProviders } from '../create-providers.js';
import type { CallOptions } from '../model/call-options.js';
import { collectStream } from '../model/collect-stream.js';
import type { LanguageModel } from '../model/language-model.js';
import { FakeLanguageModel, type ScriptedAnswer } from '../testing/fake-language-model.js';
import { type FakeOpenAiServerOptions, startFakeOpenAiServer } from '../testing/fake-openai-server.js';
import { ProviderRouter } from './provider-router.js';

const CALL: CallOptions = { messages: [{ role: 'user', content: 'Hello' }] };
const SCHEMA = {
  type: 'object',
  properties: { age: { type: 'integer' } },
  required: ['age'],
  additionalProperties: false,
};
const JSON_CALL: CallOptions = { ...CALL, responseFormat: { type: 'json', schema: SCHEMA } };

const routedFake = (...script: ScriptedAnswer[]): LanguageModel => {
  const fake = new FakeLanguageModel(...script);
  const provider = {
    languageModel: () => fake,
    embeddingModel: () => {
      throw new Error('not needed here');
    },
  };
  return new ProviderRouter(new Map([['fake', { provider, takesAnyModel: true }]])).languageModel('fake/scripted');
};

describe('ProviderRouter', () => {
  const offline = createProviders({ fetch, simulated: { wordsPerSecond: 0 } });
  const online = createProviders({ fetch, openai: { apiKey: 'sk-test-key-not-real' } });

  it.each([
    ['gpt-4o', 'a model is written "provider/model"'],
    ['', 'a model is written "provider/model"'],
    ['openai/', 'a model is written "provider/model"'],
    ['openai/gpt-4o', 'provider "openai" has no API key here'],
    ['acme/large', 'there is no provider "acme"'],
    ['simulated/large', 'provider "simulated" has no language model "large"'],
    ['simulated/lexical', 'provider "simulated" has no language model "lexical"'],
  ])('refuses "%s" and says what exists', (model, why) => {
    expect(() => offline.languageModel(model)).toThrow(NoSuchModelError);
    expect(() => offline.languageModel(model)).toThrow(why);
    expect(() => offline.languageModel(model)).toThrow('Available: simulated/offline.');
  });

  it('takes any model of a provider that may have it, but no name with control characters', () => {
    expect(online.languageModel('openai/org/some-new-model').modelId).toBe('org/some-new-model');
    expect(() => online.languageModel('openai/gpt\r\nX-Evil: 1')).toThrow(NoSuchModelError);
    expect(() => online.languageModel(`openai/${'x'.repeat(300)}`)).toThrow(NoSuchModelError);
  });

  it('lists the catalogue with what can be called here', () => {
    const models = offline.models();
    expect(models.find((model) => model.id === 'simulated/offline')).toMatchObject({
      available: true,
      simulated: true,
      price: { inputMicroUsd: 0 },
    });
    expect(models.find((model) => model.id === 'simulated/offline')?.label).toMatch(/not a neural model/);
    expect(models.filter((model) => model.provider === 'openai').every((model) => !model.available)).toBe(true);
    expect(
      online
        .models()
        .filter(({ available }) => available)
        .map(({ provider }) => provider),
    ).toContain('openai');
  });

  it.each([
    [{ temperature: 2.1 }, 'temperature must be a number from 0 to 2; it was 2.1'],
    [{ temperature: Number.NaN }, 'temperature must be a number from 0 to 2; it was NaN'],
    [{ topP: 0 }, 'topP must be a number above 0 and up to 1; it was 0'],
    [{ maxTokens: -1 }, 'maxTokens must be a whole number from 1 to 32000 for simulated/offline; it was -1'],
    [{ maxTokens: 2 ** 31 }, 'maxTokens must be a whole number from 1 to 32000'],
    [{ maxTokens: 1e308 }, 'maxTokens must be a whole number'],
    [
      { maxTokens: '9' as unknown as number },
      'maxTokens must be a whole number from 1 to 32000 for simulated/offline; it was "9"',
    ],
    [{ stop: ['a', 'b', 'c', 'd', 'e'] }, 'stop must be up to 4 texts'],
    [{ messages: [] }, 'messages must be at least one message'],
    [{ deadlines: { totalMs: 0 } }, 'deadlines.totalMs must be a number of milliseconds'],
    [{ tools: [{ name: 'a b', description: '', parameters: {} }] }, 'tools[0].name must be up to 64 letters'],
    [{ toolChoice: { toolName: 'x' } }, 'toolChoice must be one of the tools (there are none)'],
    [
      { responseFormat: { type: 'json', schema: { type: 'strange' } } },
      'responseFormat.schema must be a valid JSON Schema',
    ],
  ] as [Partial<CallOptions>, string][])('refuses %j by naming the bound', async (options, message) => {
    const model = offline.languageModel('simulated/offline');
    await expect(model.generate({ ...CALL, ...options })).rejects.toThrow(message);
    await expect(collectStream(model, { ...CALL, ...options })).rejects.toMatchObject({
      code: 'provider.invalid_option',
      retryable: false,
    });
  });

  it('parses and checks the JSON of an answer, fenced or not', async () => {
    expect(await routedFake({ text: '{"age": 7}' }).generate(JSON_CALL)).toMatchObject({ json: { age: 7 } });
    expect(await collectStream(routedFake({ text: '```json\n{"age": 7}\n```' }), JSON_CALL)).toMatchObject({
      json: { age: 7 },
    });
    expect((await routedFake({ text: '{"age": 7}' }).generate(CALL)).json).toBeUndefined();
  });

  it.each([
    ['{"age": "seven"}', 'does not fit the schema: /age must be integer'],
    ['Sure! Here it is', 'is not JSON'],
    ['', 'is not JSON'],
  ])('refuses %j where JSON was asked for, and says what it cost', async (text, problem) => {
    const error: unknown = await routedFake({ text })
      .generate(JSON_CALL)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidOutputError);
    expect(error).toMatchObject({
      retryable: true,
      message: expect.stringContaining(problem),
      usage: { inputTokens: expect.any(Number) },
    });
  });

  it('is not held up by a schema whose pattern backtracks for ever', async () => {
    const schema = { type: 'object', properties: { name: { type: 'string', pattern: '^(a+)+$' } }, required: ['name'] };
    const startedAt = performance.now();
    const answer = routedFake({ text: JSON.stringify({ name: `${'a'.repeat(40)}!` }) });
    await expect(answer.generate({ ...CALL, responseFormat: { type: 'json', schema } })).rejects.toThrow(
      InvalidOutputError,
    );
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('checks embeddings and deadlines the same way', async () => {
    const model = offline.embeddingModel('simulated/lexical');
    expect(model.dimensions).toBe(512);
    expect((await model.embed({ texts: ['hello'] })).usage.costMicroUsd).toBe(0);
    expect(() => offline.embeddingModel('simulated/offline')).toThrow('Available: simulated/lexical.');
  });
});

describe('a routed OpenAI model', () => {
  const against = async <T>(
    options: FakeOpenAiServerOptions,
    work: (model: LanguageModel, server: Awaited<ReturnType<typeof startFakeOpenAiServer>>) => Promise<T>,
    modelName = 'openai/gpt-4o-mini',
  ) => {
    const server = await startFakeOpenAiServer(options);
    try {
      return await work(
        createProviders({ fetch, openai: { apiKey: 'sk-test-key-not-real', baseUrl: server.baseUrl } }).languageModel(
          modelName,
        ),
        server,
      );
    } finally {
      await server.close();
    }
  };

  it('knows the price of a listed model, and knows that it does not know others', async () => {
    // 20 tokens in at 0.15 and 50 out at 0.60 micro-USD each, rounded up.
    await against({ tokenCount: 50 }, async (model) =>
      expect((await model.generate(CALL)).usage.costMicroUsd).toBe(33),
    );
    await against(
      {},
      async (model) => expect((await collectStream(model, CALL)).usage.costMicroUsd).toBeNull(),
      'openai/some-new-model',
    );
  });

  it('closes the socket of a provider that never answers', async () => {
    await against({ fault: { kind: 'hang' } }, async (model, server) => {
      const work = collectStream(model, { ...CALL, deadlines: { connectMs: 100 } });
      await expect(work).rejects.toMatchObject({
        code: 'provider.connect_timeout',
        retryable: true,
        outputStarted: false,
      });
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(server.abandonedCount()).toBe(1);
    });
  });

  it('closes the socket of a provider that falls silent, and of one that is cancelled', async () => {
    await against({ fault: { kind: 'silence', afterTokens: 5 } }, async (model, server) => {
      let text = '';
      const work = collectStream(model, { ...CALL, deadlines: { idleMs: 100 } }, (piece) => (text += piece));
      await expect(work).rejects.toMatchObject({ code: 'provider.idle_timeout', outputStarted: true });
      expect(text).toBe('The quick brown fox jumps');
      const reason = new Error('cancelled');
      await expect(
        collectStream(model, { ...CALL, signal: AbortSignal.timeout(50) }).catch(() => {
          throw reason;
        }),
      ).rejects.toBe(reason);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(server.abandonedCount()).toBe(2);
    });
  });

  it.each([{ reset: true }, { reset: false }, { atBoundary: true }])(
    'reports a connection that is cut (%j) as interrupted',
    async (how) => {
      await against({ fault: { kind: 'cut', afterTokens: 3, ...how } }, async (model) => {
        await expect(collectStream(model, CALL)).rejects.toMatchObject({
          code: 'provider.stream_interrupted',
          outputStarted: true,
        });
      });
    },
  );
});
