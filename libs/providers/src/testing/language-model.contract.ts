import type { CallOptions } from '../model/call-options.js';
import { collectStream } from '../model/collect-stream.js';
import type { LanguageModel } from '../model/language-model.js';
import type { StreamPart } from '../model/stream-part.js';

export type ContractScenario = 'text' | 'tool-call' | 'json' | 'length';

export interface ContractSubject {
  /** A model that will answer the scenario's call as the contract expects. */
  model(scenario: ContractScenario): LanguageModel;
  close?(): Promise<void>;
}

const TICKET =
  'I was charged twice for my March subscription. Please refund one of the payments. My name is Jonas Weber.';

/** The calls of the contract. Subjects with scripts or recordings may answer each as they like, of the right kind. */
export const CONTRACT_CALLS: Readonly<Record<ContractScenario, CallOptions>> = {
  text: { messages: [{ role: 'user', content: `Summarise in two sentences: ${TICKET}` }] },
  'tool-call': {
    messages: [{ role: 'user', content: 'What is the weather in Paris?' }],
    tools: [
      {
        name: 'get_weather',
        description: 'Current weather of a city',
        parameters: {
          type: 'object',
          properties: { city: { type: 'string' } },
          required: ['city'],
          additionalProperties: false,
        },
      },
    ],
  },
  json: {
    messages: [{ role: 'user', content: `Classify the ticket.\n\n${TICKET}` }],
    responseFormat: {
      type: 'json',
      name: 'triage',
      schema: {
        type: 'object',
        properties: { category: { type: 'string', enum: ['billing', 'technical', 'other'] } },
        required: ['category'],
        additionalProperties: false,
      },
    },
  },
  length: { messages: [{ role: 'user', content: `Summarise in two sentences: ${TICKET}` }], maxTokens: 5 },
};

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

    it('lets its reader leave early', async () => {
      for await (const part of subject.model('text').stream(CONTRACT_CALLS.text)) {
        if (part.type === 'text-delta') break;
      }
      const again = await subject.model('text').generate(CONTRACT_CALLS.text);
      expect(again.text.length).toBeGreaterThan(0);
    });
  });
}
