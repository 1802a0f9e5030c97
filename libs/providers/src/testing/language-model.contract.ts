import type { CallOptions } from '../model/call-options.js';
import { collectStream } from '../model/collect-stream.js';
import type { LanguageModel } from '../model/language-model.js';
import type { StreamPart } from '../model/stream-part.js';
import type { ToolCall } from '../model/tool.js';
import type { Usage } from '../model/usage.js';
import { CONTRACT_CALLS, PICTURE, PICTURE_ADDRESS } from './contract-calls.js';

export type ContractScenario = keyof typeof CONTRACT_CALLS;
export type ContractUsage = Pick<Usage, 'inputTokens' | 'outputTokens' | 'cachedInputTokens' | 'reasoningTokens'>;

export interface ContractSubject {
  /** A model that will answer the scenario's call as the contract expects. */
  model(scenario: ContractScenario): LanguageModel;
  /** False for models that call one tool at a time. Default true. */
  readonly callsInParallel?: boolean;
  /** What the answer to `text` reports to have used; absent where nobody counts but we. */
  readonly usage?: ContractUsage;
  /** For subjects at the other end of a connection. */
  readonly wire?: {
    /** Body of the latest request. */
    lastRequest(): string;
    /** Replies that the client left before their end. */
    abandonedCount(): number;
  };
  close?(): Promise<void>;
}

/** What every language model promises, whoever makes it. */
export function describeLanguageModelContract(name: string, open: () => Promise<ContractSubject>): void {
  describe(`${name} keeps the contract of a language model`, () => {
    let subject: ContractSubject;
    beforeAll(async () => {
      subject = await open();
    });
    afterAll(async () => subject.close?.());

    const stream = async (scenario: ContractScenario, options: Partial<CallOptions> = {}): Promise<StreamPart[]> => {
      const parts: StreamPart[] = [];
      for await (const part of subject.model(scenario).stream({ ...CONTRACT_CALLS[scenario], ...options }))
        parts.push(part);
      return parts;
    };

    it('answers with text, a reason for stopping, and what it used', async () => {
      const model = subject.model('text');
      const result = await model.generate(CONTRACT_CALLS.text);
      expect(result.text.length).toBeGreaterThan(0);
      expect(result.toolCalls).toEqual([]);
      expect(result.finishReason.unified).toBe('stop');
      expect(result.finishReason.raw).not.toBe('');
      expect(result.usage.inputTokens).toBeGreaterThan(0);
      expect(result.usage.outputTokens).toBeGreaterThan(0);
      expect(result.simulated).toBe(model.simulated);
      expect(result.model.startsWith(`${model.provider}/`)).toBe(true);
    });

    it('streams a start, then text, then exactly one finish', async () => {
      const parts = await stream('text');
      expect(parts[0]).toEqual({ type: 'stream-start' });
      expect(parts.slice(1, -1).every((part) => part.type === 'text-delta' && part.text !== '')).toBe(true);
      expect(parts.at(-1)?.type).toBe('finish');
    });

    it('says the same streamed and whole', async () => {
      const whole = await subject.model('text').generate(CONTRACT_CALLS.text);
      const heard: string[] = [];
      const streamed = await collectStream(subject.model('text'), CONTRACT_CALLS.text, (text) => heard.push(text));
      expect(streamed.text).toBe(whole.text);
      expect(heard.join('')).toBe(whole.text);
    });

    it('reports what the provider counted, streamed and whole alike', async () => {
      const { usage } = subject;
      if (!usage) return;
      const whole = await subject.model('text').generate(CONTRACT_CALLS.text);
      const streamed = await collectStream(subject.model('text'), CONTRACT_CALLS.text);
      expect(whole.usage).toMatchObject({ ...usage, estimated: false, costMicroUsd: null });
      expect(streamed.usage).toMatchObject({ ...usage, estimated: false, costMicroUsd: null });
      expect(streamed.model).toBe(whole.model);
    });

    it('calls a tool with parsed arguments and an id of its own', async () => {
      const parts = await stream('tool-call');
      const calls = parts.flatMap((part) => (part.type === 'tool-call' ? [part.toolCall] : []));
      expect(calls.length).toBeGreaterThan(0);
      expect(new Set(calls.map((call) => call.id)).size).toBe(calls.length);
      expect(calls[0]).toMatchObject({ toolName: 'get_weather', arguments: { city: 'Paris' } });
      expect(parts.at(-1)).toMatchObject({ type: 'finish', finishReason: { unified: 'tool-calls' } });
      const whole = await subject.model('tool-call').generate(CONTRACT_CALLS['tool-call']);
      expect(whole.toolCalls[0]).toMatchObject({ toolName: 'get_weather', arguments: { city: 'Paris' } });
    });

    it('calls several tools side by side, each with an id of its own', async () => {
      if (subject.callsInParallel === false) return;
      const cities = (calls: readonly ToolCall[]) => calls.map((call) => call.arguments['city']);
      const streamed = await collectStream(subject.model('parallel-tools'), CONTRACT_CALLS['parallel-tools']);
      const whole = await subject.model('parallel-tools').generate(CONTRACT_CALLS['parallel-tools']);
      expect(cities(streamed.toolCalls)).toEqual(['Paris', 'Berlin']);
      expect(cities(whole.toolCalls)).toEqual(['Paris', 'Berlin']);
      expect(new Set(streamed.toolCalls.map((call) => call.id)).size).toBe(2);
    });

    it('answers from the result of a tool', async () => {
      const result = await subject.model('tool-result').generate(CONTRACT_CALLS['tool-result']);
      expect(result.text).toContain('18');
      expect(result.toolCalls).toEqual([]);
      expect(result.finishReason.unified).toBe('stop');
      if (subject.wire) expect(subject.wire.lastRequest()).toContain('celsius');
    });

    it('shows the model a picture, or says that it did not', async () => {
      const result = await subject.model('image').generate(CONTRACT_CALLS.image);
      expect(result.text.length).toBeGreaterThan(0);
      if (subject.wire) expect(subject.wire.lastRequest()).toContain(PICTURE);
      else if (subject.model('image').provider !== 'fake')
        expect(result.warnings).toContainEqual(expect.objectContaining({ kind: 'unsupported-content' }));
    });

    it('passes the address of a picture on, or refuses it; nobody here fetches it', async () => {
      if (!subject.wire) return;
      const call = subject.model('image-by-address').generate(CONTRACT_CALLS['image-by-address']);
      const outcome: unknown = await call.catch((error: unknown) => error);
      if (outcome instanceof Error)
        expect(outcome).toMatchObject({ code: 'provider.unsupported_content', retryable: false });
      else expect(subject.wire.lastRequest()).toContain(PICTURE_ADDRESS);
    });

    it('answers with JSON alone when asked for JSON', async () => {
      const { text } = await subject.model('json').generate(CONTRACT_CALLS.json);
      expect(JSON.parse(text)).toEqual({ category: 'billing' });
    });

    it('says when it was cut off at maxTokens', async () => {
      const { finishReason } = await subject.model('length').generate(CONTRACT_CALLS.length);
      expect(finishReason.unified).toBe('length');
    });

    it('does nothing for a signal that is aborted already, and rejects with its reason', async () => {
      const reason = new Error('cancelled by the user');
      const signal = AbortSignal.abort(reason);
      await expect(subject.model('text').generate({ ...CONTRACT_CALLS.text, signal })).rejects.toBe(reason);
      await expect(stream('text', { signal })).rejects.toBe(reason);
    });

    it('ends a stream with the reason of an abort in its middle', async () => {
      const reason = new Error('cancelled by the user');
      const controller = new AbortController();
      const consume = async (): Promise<void> => {
        for await (const part of subject.model('text').stream({ ...CONTRACT_CALLS.text, signal: controller.signal })) {
          if (part.type === 'text-delta') controller.abort(reason);
          if (part.type === 'finish') throw reason;
        }
      };
      await expect(consume()).rejects.toBe(reason);
    });

    it('closes its connection when it is aborted', async () => {
      const { wire } = subject;
      if (!wire) return;
      const before = wire.abandonedCount();
      const reason = new Error('cancelled by the user');
      const controller = new AbortController();
      const { signal } = controller;
      const consume = async (): Promise<void> => {
        for await (const part of subject.model('silence').stream({ ...CONTRACT_CALLS.silence, signal })) {
          if (part.type === 'text-delta') setTimeout(() => controller.abort(reason), 5);
        }
      };
      await expect(consume()).rejects.toBe(reason);
      for (let waited = 0; waited < 100 && wire.abandonedCount() === before; waited++)
        await new Promise((resolve) => setTimeout(resolve, 10));
      expect(wire.abandonedCount()).toBe(before + 1);
    });

    it('lets its reader leave early', async () => {
      for await (const part of subject.model('text').stream(CONTRACT_CALLS.text)) {
        if (part.type === 'text-delta') break;
      }
      const again = await subject.model('text').generate(CONTRACT_CALLS.text);
      expect(again.text.length).toBeGreaterThan(0);
    });
  });
}
