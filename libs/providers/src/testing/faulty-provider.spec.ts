import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { createProvider, type ProviderKind } from '../create-provider.js';
import type { ModelCallError } from '../errors/model-call-error.js';
import { ProviderError } from '../errors/provider-error.js';
import type { CallDeadlines } from '../model/call-deadlines.js';
import type { CallOptions } from '../model/call-options.js';
import type { GenerateResult, LanguageModel } from '../model/language-model.js';
import type { StreamPart } from '../model/stream-part.js';
import { streamWithDeadlines, withTotalDeadline } from '../router/deadlines.js';
import { deadlinesFor, type Fault, type FaultName, FAULTS, faultTable } from './faults.js';
import { startFaultyProvider } from './faulty-provider.js';
import type { RecordingFolder } from './recordings.js';

const API_KEY = 'sk-Zk39canaryQ7vT2mXw8LrB5nYc1HdG';
/** Of a 50 MB flood at most the bound of one event and what the sockets of both sides hold. */
const MOST_BUFFERED_BYTES = 24 * 1024 * 1024;
const CALL: CallOptions = {
  messages: [{ role: 'user', content: 'What is the weather in Paris, and what is it in Berlin?' }],
  tools: [{ name: 'get_weather', description: 'Current weather', parameters: { type: 'object', properties: {} } }],
};

const PROVIDERS: readonly { name: string; kind: ProviderKind; folder: RecordingFolder; model: string }[] = [
  { name: 'openai', kind: 'openai', folder: 'openai/__fixtures__', model: 'gpt-4o-mini' },
  { name: 'openai by its responses', kind: 'openai', folder: 'openai/__fixtures__/responses', model: 'gpt-5.6-luna' },
  { name: 'anthropic', kind: 'anthropic', folder: 'anthropic/__fixtures__', model: 'claude-opus-5-5' },
  { name: 'google', kind: 'google', folder: 'google/__fixtures__', model: 'gemini-3.5-flash' },
  { name: 'ollama', kind: 'ollama', folder: 'ollama/__fixtures__', model: 'qwen3:8b' },
  { name: 'a compatible server', kind: 'openai-compatible', folder: 'openai/__fixtures__', model: 'llama-4' },
];
const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

const printed: unknown[] = [];
const CONSOLE_METHODS = ['log', 'info', 'warn', 'error', 'debug'] as const;
const original = CONSOLE_METHODS.map((method) => console[method]);
beforeAll(() => CONSOLE_METHODS.forEach((method) => (console[method] = (...words: unknown[]) => printed.push(words))));
afterAll(() => CONSOLE_METHODS.forEach((method, at) => (console[method] = original[at]!)));

async function streamed(
  model: LanguageModel,
  deadlines: CallDeadlines,
): Promise<{ parts: StreamPart[]; error: unknown }> {
  const parts: StreamPart[] = [];
  try {
    const stream = streamWithDeadlines('the model', deadlines, undefined, (signal) =>
      model.stream({ ...CALL, signal }),
    );
    for await (const part of stream) parts.push(part);
    return { parts, error: undefined };
  } catch (error) {
    return { parts, error };
  }
}

const everythingIn = (error: unknown): string => {
  const { message, stack, cause } = error as Error;
  return inspect({ ...(error as object), message, stack, cause }, { depth: 10, showHidden: true });
};

describe.each(PROVIDERS)('$name in the hands of a faulty server', ({ name, kind, folder, model: modelId }) => {
  const open = async (fault: FaultName) => {
    const server = await startFaultyProvider(folder, fault);
    const api = name === 'openai by its responses' ? ('responses' as const) : undefined;
    const provider = createProvider(kind, { fetch, apiKey: API_KEY, baseUrl: server.baseUrl, api });
    return { server, model: provider.languageModel(modelId) };
  };

  // Loading an SDK takes longer than these tests wait for a connection.
  beforeAll(async () => {
    const { server, model } = await open('server-error');
    await model.generate(CALL).catch(() => undefined);
    await server.close();
  });

  it.each(FAULT_NAMES)('ends as the table says, within its deadline and without a leak: %s', async (faultName) => {
    const fault: Fault = FAULTS[faultName];
    const { server, model } = await open(faultName);
    const deadlines = deadlinesFor(fault);
    const startedAt = performance.now();
    const { parts, error } = await streamed(model, deadlines);
    expect(performance.now() - startedAt).toBeLessThan(deadlines.totalMs + 500);

    expect(server.requestCount()).toBe(1);
    if (fault.said !== undefined) expect(parts.some((part) => part.type === 'text-delta')).toBe(fault.said);
    if (fault.code === null) expect(error).toBeUndefined();
    else {
      expect(error).toBeInstanceOf(ProviderError);
      expect(error).toMatchObject({ code: fault.code, retryable: fault.retryable });
      expect(parts.some((part) => part.type === 'tool-call' || part.type === 'finish')).toBe(false);
      expect(everythingIn(error)).not.toContain(API_KEY.slice(0, 12));
    }
    for (let waited = 0; waited < 100 && server.openReplies() > 0; waited++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(server.openReplies()).toBe(0);
    expect(server.sentBytes()).toBeLessThan(MOST_BUFFERED_BYTES);
    expect(printed).toEqual([]);
    await server.close();
  });

  it('says how long it was asked to wait, in either form', async () => {
    const waitOf = async (fault: FaultName) => {
      const { server, model } = await open(fault);
      const { error } = await streamed(model, deadlinesFor(FAULTS[fault]));
      await server.close();
      return (error as ModelCallError).retryAfterMs;
    };
    expect(await waitOf('rate-limited')).toBeUndefined();
    expect(await waitOf('rate-limited-for-seconds')).toBe(7_000);
    const until = (await waitOf('rate-limited-until-date')) ?? 0;
    expect(until).toBeGreaterThan(80_000);
    expect(until).toBeLessThanOrEqual(90_000);
  });

  it('tells two calls under one id apart', async () => {
    const { server, model } = await open('duplicate-ids');
    const { parts } = await streamed(model, deadlinesFor(FAULTS['duplicate-ids']));
    const ids = parts.flatMap((part) => (part.type === 'tool-call' ? [part.toolCall.id] : []));
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(2);
    await server.close();
  });

  it.each(['never-answers', 'reset', 'web-page', 'plain-text', 'gzip-garbage', 'missing-fields', 'flood'] as const)(
    'ends a whole call with a typed error too: %s',
    async (faultName) => {
      const { server, model } = await open(faultName);
      const call = withTotalDeadline(
        'the model',
        { ...deadlinesFor(FAULTS[faultName]), totalMs: 800 },
        undefined,
        (signal) => model.generate({ ...CALL, signal }),
      );
      const outcome: GenerateResult | ProviderError = await call.catch((error: ProviderError) => error);
      expect(outcome).toBeInstanceOf(ProviderError);
      expect(printed).toEqual([]);
      await server.close();
    },
  );
});

describe('docs/faulty-providers.md', () => {
  it('shows the table that the tests above have checked', () => {
    const page = readFileSync(new URL('../../../../docs/faulty-providers.md', import.meta.url), 'utf8');
    const tableIn = (text: string) =>
      text
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .map((line) => line.replace(/\s*\|\s*/g, '|').replace(/-{3,}/g, '---'));
    expect(tableIn(page)).toEqual(tableIn(faultTable()));
  });
});
